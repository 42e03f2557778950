"""Named arrays in one file of the safetensors format, read through a memory map; no pickle.

The files are immutable: written once under a name of their own, checked by their CRC when they are opened.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zyqa.errors import StoreDamaged

Array = NDArray[np.generic]
_DTYPES = {"U8": np.uint8, "I8": np.int8, "U16": np.uint16, "U32": np.uint32, "U64": np.uint64, "I64": np.int64}
_DTYPES |= {"F16": np.float16, "F32": np.float32}  # type: ignore[dict-item]
_NAMES = {np.dtype(dtype): name for name, dtype in _DTYPES.items()}
_CHUNK = 1 << 22


def write(path: Path, arrays: Mapping[str, Array]) -> int:
    """Write the arrays and return the CRC-32 of the file."""
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    crc = 0
    try:
        with path.open("wb") as file:
            for piece in (len(head).to_bytes(8, "little"), head, *arrays.values()):
                data = piece if isinstance(piece, bytes) else np.ascontiguousarray(piece).tobytes()
                crc = zlib.crc32(data, crc)
                file.write(data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return crc


def checksum(path: Path) -> int:
    """The CRC-32 of a file.

    Raises:
        FileNotFoundError: there is no such file.
    """
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc


def read(path: Path) -> dict[str, Array]:
    """The arrays of a file, read-only views of its memory map.

    Raises:
        FileNotFoundError: there is no such file.
        StoreDamaged: the file is not what :func:`write` wrote.
    """
    with path.open("rb") as file:
        try:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            size = int.from_bytes(data[:8], "little")
            header = json.loads(data[8 : 8 + size])
            return {name: _view(data, 8 + size, entry) for name, entry in header.items()}
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(f"{path.name} is damaged: {error}", hint="run `zyqa doctor` to rebuild it") from error


def _view(data: mmap.mmap, base: int, entry: Mapping[str, Any]) -> Array:
    start, end = entry["data_offsets"]
    dtype = np.dtype(_DTYPES[entry["dtype"]])
    if start == end:
        return np.empty(entry["shape"], dtype)
    return np.frombuffer(data, dtype, (end - start) // dtype.itemsize, base + start).reshape(entry["shape"])
