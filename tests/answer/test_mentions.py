"""Documents named as people name them."""

from __future__ import annotations

import pytest

from zyqa.answer.mentions import find_mention
from zyqa.answer.wording import Wording
from zyqa.text import fold

TITLES = (
    "某市推进质量振兴工作方案",
    "国务院办公厅关于有效发挥政府性融资担保基金作用的指导意见",
    "国务院办公厅关于对真抓实干成效明显地方进一步加大激励支持力度的通知",
    "专利代理条例",
    "国务院关于加快推进农业机械化和农机装备产业转型升级的指导意见",
    "国务院关于印发国家职业教育改革实施方案的通知",
    "国务院办公厅关于印发“无废城市”建设试点工作方案的通知",
)
WORDING = Wording.with_files()


def worth(word: str) -> float:
    return 0.0 if WORDING.is_filler(word) else 0.3 if word in WORDING.frame else 1.0


@pytest.mark.parametrize(
    ("question", "words", "place"),
    [
        ("融资担保意见里,占比不能低于几成?", "融资担保意见", 1),
        ("激励地方真抓实干那个通知,防风险是谁负责", "激励地方真抓实干那个通知", 2),
        ("真抓实干督查激励里,校企合作归谁管", "真抓实干督查激励里", 2),
        ("督查激励30项措施里商务部负责哪几项?", "激励30项措施里", 2),
        ("专利代理条例第七条规定了什么", "专利代理条例", 3),
        ("农机意见里商务部涉及哪些任务?", "农机意见", 4),
        ("职教改革方案是哪天印发的", "职教改革方案", 5),
        ("无废城市方案由谁牵头", "无废城市方案", 6),
        ("政府性融资担保基金的工作目标是什么", "政府性融资担保基金", 1),
        ("农业机械化和农机装备产业由谁管", "农业机械化和农机装备产业", 4),
        ("质量振兴的目标是什么", None, None),
        ("农业机械化率的目标是多少", None, None),
        ("体育文件里有什么目标", None, None),
        ("专利代理机构收费办法归谁定", None, None),
        ("银担合作里头银行承担多少", None, None),
        ("工作方案由谁牵头", None, None),
        ("国务院的意见有哪些", None, None),
    ],
)
def test_a_document_is_known_by_words_of_its_title(question: str, words: str | None, place: int | None) -> None:
    text = fold(question)
    found = find_mention(text, TITLES, worth)
    assert (found and found.span.cut(text)) == words
    assert not found or found.places == (place,)


def test_words_that_two_titles_have_name_both() -> None:
    found = find_mention("养老服务的意见里怎么说", ("关于养老服务的意见", "关于加快养老服务发展的意见"), worth)
    assert found is not None and found.places == (0, 1)
