"""Array files: written, read and checked; damage is noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from zyqa.errors import StoreDamaged
from zyqa.search import arrays

HELD: dict[str, arrays.Array] = {
    "a": np.arange(5, dtype=np.uint16),
    "b": np.eye(3, dtype=np.float32),
    "none": np.zeros(0, np.int64),
}


def test_arrays_come_back_and_are_safetensors(tmp_path: Path) -> None:
    crc = arrays.write(tmp_path / "x", HELD)
    assert crc == arrays.checksum(tmp_path / "x")
    for found in (arrays.read(tmp_path / "x"), load_file(tmp_path / "x")):
        assert found.keys() == HELD.keys()
        assert all(
            np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in HELD.items()
        )


@pytest.mark.parametrize("data", [b"", b"\x08", b"\xff" * 64, b"\x02" + bytes(7) + b"{]" + bytes(9)])
def test_what_is_no_array_file_is_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(StoreDamaged) as caught:
        arrays.read(tmp_path / "x")
    assert caught.value.hint
