"""What digest cards tell of cited documents: successor, standing, issuer, term, dates, meaning, where cited."""

from __future__ import annotations

import pytest

from tests.answer.telling import Told, telling
from zyqa.answer.assistant import Assistant
from zyqa.answer.facts import cards, references
from zyqa.answer.question import Intent
from zyqa.answer.shelf import Folio


@pytest.fixture(scope="module")
def folios(assistant: Assistant) -> list[Folio]:
    return [Folio(assistant.store.document(info.id)) for info in assistant.store.documents()]


@pytest.fixture(scope="module")
def told(folios: list[Folio]) -> Told:
    return telling(cards.of_card, Intent.CITES, folios)


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("旅游服务质量提升纲要后来被谁接替了", "旅游质量发展纲要", "适用期已满"),
        ("GB/T19004被哪个标准替代了", "GB/T 19004-2011", "未核实"),
        ("GB/T 23791现在还有效吗", "已经废止", "邻近的"),
        ("企业质量信用等级划分通则的标准号是什么,目前是否有效", "(GB/T23791)", "邻近的"),
        ("药厂现在还要做GMP认证吗", "取消药品GMP", "首次发布"),
        ("循环经济规划到哪年", "从2009年到2015年", "报道为"),
        ("循环经济总体规划的起止年份", "从2009年到2015年", "报道为"),
        ("三包有效期是多久", "半年至一年", "7日内"),
        ("著名商标条例哪年废止的", "2018年3月30日", "2007年"),
        ("REACH法规什么时候生效", "2007年6月1日生效", "分期注册"),
        ("旅游服务质量提升纲要谁印发的", "国家旅游局", "接续"),
        ("浇地用水的水质标准,现在用的是哪一版", "GB 5084-2021", "2005年7月"),
        ("饮用水的国标新版编号是多少", "GB 5749-2022", "106项"),
        ("飞天奖是什么奖", "优质工程奖", "名单"),
        ("2010版药品GMP从哪天开始施行", "2011年3月1日", "1999年"),
        ("原来的农田灌溉水质标准是哪一版", "GB 5084-2005", "5084-2021"),
        ("GB 5084-2005控制多少项", "27项", "5084-2021"),
        ("三包规则里7天内能怎么处理", "退货、换货或修理", "15日"),
        ("旅游纲要包含几项提升工程", "七项提升工程", "接续"),
        ("三包是指哪三包", "包修、包换、包退", "7日内"),
        ("REACH啥意思,哪条里提的", "一、(十二)1", "分期"),
        ("REACH是哪里的法规?哪天生效?", "欧盟关于化学品", "分期"),
        ("REACH是哪里的法规?哪天生效?", "2007年6月1日生效", "分期"),
        ("中国名牌产品停了没有?最后一批哪年到期?", "2012年9月到期", "每年评选"),
        ("GB/T19004后来被换掉了吗", "GB/T 19004-2011", "不用于认证"),
        ("旅游服务质量提升纲要期满以后有什么新文件", "旅游质量发展纲要", "七项"),
        ("灌溉水的标准当时是哪版", "GB 5084-2005", "总镍"),
        ("灌溉水标准的编号是多少", "GB 5084-2021", "总镍"),
        ("新的灌溉水标准增加了什么", "总镍", "代替2005版"),
        ("饮用水标准换版了吗", "GB 5749-2022", "106项"),
        ("药品GMP认证如今还存在吗", "取消药品GMP", "首次发布"),
        ("名牌产品的评选停了没", "2008年起总局不再", "5年"),
        ("谁批准了循环经济总体规划", "国务院批复", "规划期7年"),
        ("旅游纲要过期以后按哪份文件执行", "旅游质量发展纲要", "七项"),
        ("国家饮用水标准 如今 用的 哪个号", "GB 5749-2022", "106项"),
        ("REACH法规还有效吗", "现行有效", "取代了约40项"),
        ("农业灌溉的河流水质参照什么标准", "水库和具有农业灌溉功能的河流水质达到", "总镍"),
    ],
)
def test_told_by_a_card(told: Told, question: str, holds: str, lacks: str) -> None:
    assert holds in told(question)
    assert lacks not in told(question)


@pytest.mark.parametrize(
    "question",
    [
        "中国名牌产品什么时候完成引进",  # the plan's business
        "飞天奖的评选办法是什么文号发布的",  # what no card has
        "服务业标准化现在归谁管",
    ],
)
def test_not_told_by_a_card(told: Told, question: str) -> None:
    assert not told(question).removeprefix("无:《甘肃省建设工程飞天奖》的摘要卡没有载明这一内容。")


def test_documents_that_no_longer_stand(folios: list[Folio]) -> None:
    told = telling(references.cites, Intent.CITES, folios)
    repealed = told("方案引用的文件里哪些已经废止了")
    assert "GB/T 23791-2009已经废止" in repealed
    assert "旅游" not in repealed
    assert "适用期已满" in told("引用的文件哪些过期了")


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("引用的文件里哪些是省里发的", 2),
        ("国家部委印发的文件引用了哪些", 4),
        ("引用了几个国家标准,分别是什么", 3),
        ("方案写了编号的国家推荐性标准(GB/T)有哪些", 3),
        ("带文号的有哪些文件", 5),
        ("部委的文件本方案引用了哪几份", 4),
        ("《意见》被引用了几次", 3),
    ],
)
def test_documents_of_a_level(folios: list[Folio], question: str, count: int) -> None:
    assert telling(references.cites, Intent.CITES, folios)(question).startswith(f"共{count}项")


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("市里自己的文件引用了哪个", "张掖市人民政府关于推进质量振兴的意见"),
        ("国务院办公厅发的文件有哪几个", "国办47条"),
        ("国家旅游局印发的是哪个文件", "旅游服务质量提升纲要"),
        ("企业信用等级划分依据的国标号", "企业质量信用等级划分通则"),
        ("循环经济那条参照哪个省级规划", "甘肃省循环经济总体规划"),
        ("省里那个方案文号", "甘政办发〔2011〕58号"),
    ],
)
def test_the_one_document_meant(folios: list[Folio], question: str, title: str) -> None:
    told = telling(references.cites, Intent.CITES, folios)(question)
    assert title in told
    assert "共" not in told


def test_the_number_of_the_document_itself(folios: list[Folio]) -> None:
    told = telling(references.cites, Intent.CITES, folios)
    assert "张政发" not in told("市里的方案文号是多少") and "甘政" not in told("本方案文号")
    assert "共" not in told("这份文件的文件号") and "共" not in told("报告里要引用该方案,编号写几号")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("GSP三个字母的意思", "药品经营质量管理规范"),
        ("“三包”是啥", "包修、包换、包退"),
        ("GB/T23791的全称是什么", "企业质量信用等级划分通则"),
        ("驰名商标的指标是什么", ""),  # what it is to reach is another question
        ("旅游业的措施是什么", ""),
        ("文中的GSP代表什么", "药品经营质量管理规范"),
        ("农田灌溉水质标准的最新版本号是什么", "GB 5084-2021"),
    ],
)
def test_what_a_name_stands_for(folios: list[Folio], question: str, holds: str) -> None:
    told = telling(references.called, Intent.TARGET, folios)(question)
    assert holds in told if holds else not told


@pytest.mark.parametrize("question", ["循环经济总体规划的原文能查到吗", "有没有国办47条的全文"])
def test_the_text_of_what_is_only_cited_is_not_held(folios: list[Folio], question: str) -> None:
    assert "原文未入库" in telling(references.unheld, Intent.CITES, folios)(question)


def test_what_a_parent_cites_holds_for_what_stands_below_it(folios: list[Folio]) -> None:
    assert "甘政发〔2010〕1号" in telling(references.cites, Intent.CITES, folios)("现代高载能产业依据哪个文件")


def test_where_a_document_is_cited(folios: list[Folio]) -> None:
    told = telling(references.cites, Intent.CITES, folios)
    everywhere = told("哪几条引用了《意见》")
    assert all(label in everywhere for label in ("一、(四)1", "一、(四)2", "二、(一)"))
    assert told("意见的文号是多少") == "《张掖市人民政府关于推进质量振兴的意见》(张政发〔2010〕123号)。"
    assert "一、(四)2" in told("张政发123号那个意见哪几条用到它了")
