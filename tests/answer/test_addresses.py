"""Clause addresses in any writing."""

from __future__ import annotations

import pytest

from zyqa.answer.addresses import find_address


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("一(四)3讲什么", "1.4.3"),
        ("一、(四)3", "1.4.3"),
        ("第一部分第四项第3点的内容", "1.4.3"),
        ("1.4.3", "1.4.3"),
        ("第十二条之一", "12-1"),
        ("第十二条第(二)项", "12.2"),
        ("二(三)", "2.3"),
        ("第三部分", "3"),
        ("pm2.5要降到多少", None),
        ("服务业标准化由谁牵头", None),
    ],
)
def test_address_in_any_writing(text: str, path: str | None) -> None:
    assert find_address(text)[0] == path
