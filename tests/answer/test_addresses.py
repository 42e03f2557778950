"""Clause addresses in any writing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from zyqa.answer.addresses import find_address, find_addresses


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
        ("三、里面的第四条", "3.4"),
        ("一之(四)之3", "1.4.3"),
        ("一、(四)、3.", "1.4.3"),
        ("一(四)里有3项任务", "1.4"),
        ("第三部分五条措施", "3"),
        ("第二章第三条", "3"),
        ("第二章第一节", "c2.s1"),
        ("附件2第三条", "a2/3"),
        ("主要任务第(八)项的标题", "*(8)"),
        ("第十四点", "*.14"),
        ("第一条措施", "*.1"),
        ("保障措施最后一条", "*.-1"),
        ("倒数第二项", "*.-2"),
        ("第四个方面", "*.4"),
        ("(四)3讲什么", "*(4).3"),
        ("主要任务(六)之1", "*(6).1"),
        ("实施步骤中的(二)", "*(2)"),
        ("一(12)1写的什么", "1.12.1"),
        ("1-12-2讲什么", "1.12.2"),
        ("三、四说的是什么", "3.4"),
        ("一部分九项讲什么", "1.9"),
        ("前言里提了什么", "0"),
        ("引进3-5个", None),
        ("三部分各讲什么", None),
        ("一、二、三类地区", None),
        ("到2015年第一批", None),
        ("pm2.5要降到多少", None),
        ("服务业标准化由谁牵头", None),
    ],
)
def test_address_in_any_writing(text: str, path: str | None) -> None:
    assert find_address(text)[0] == path


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("第一部分第七项和第八项各引用了什么", ["1.7", "1.8"]),
        ("1.12.2和1.13分别说什么", ["1.12.2", "1.13"]),
        ("一(四)3与一(四)4的区别", ["1.4.3", "1.4.4"]),
        ("一(七)2和(七)4各归谁", ["1.7.2", "1.7.4"]),
        ("一(七)2、3分别是什么", ["1.7.2", "1.7.3"]),
        ("第七项和第八项", ["*.7", "*.8"]),
        ("第3条、第5条", ["3", "5"]),
        ("服务业标准化", []),
    ],
)
def test_addresses_side_by_side(text: str, paths: list[str]) -> None:
    found = find_addresses(text)
    assert [one.path for one in found] == paths
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
