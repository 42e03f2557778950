"""What binds an enterprise: of its kind, of what it asks beside, and nothing of other kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft
from zyqa.answer.enterprises import Kinds
from zyqa.answer.facts.binds import binds
from zyqa.answer.facts.demands import demands
from zyqa.answer.question import Intent
from zyqa.answer.reading import Reader
from zyqa.answer.shelf import Folio
from zyqa.answer.topic import Topics
from zyqa.answer.wording import Wording
from zyqa.policy.parse import parse
from zyqa.policy.reading import text_source
from zyqa.policy.units import Register

Told = Callable[[str], str]

OTHER = """一、重点工作
(一)冷链物流业。健全冷链标准。到2030年,冷链运输全程温控率达到90%。快递企业应当公示服务承诺。
(二)食品行业。食品生产企业必须建立追溯台账,鼓励酒类企业使用电子标签,化工企业不得占用食品仓库,违者由主管部门依法处理并通报。(工业和信息化部、市场监管总局指导)持续开展宣传。
(三)全部企业。各企业要向社会公开安全承诺。推动园区绿色化、智能化、集群化发展。
"""


def _told(documents: list[Folio]) -> Told:
    topics, register = Topics(documents, Wording.with_files()), Register.shipped()
    reader, desk = Reader(register, topics), Desk(documents, register, topics)

    def told(question: str) -> str:
        outcome = binds(replace(reader.read(question), intent=Intent.BINDS), desk)
        return "\n".join(line.text for line in outcome.lines) if isinstance(outcome, Draft) else ""

    return told


@pytest.fixture(scope="module")
def plan(assistant: Assistant) -> Told:
    return _told([Folio(assistant.store.document(info.id)) for info in assistant.store.documents()])


@pytest.fixture(scope="module")
def other() -> Told:
    return _told([Folio(parse(text_source(OTHER, title="某地工作方案")))])


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("我们是化工企业,要符合什么?", ["REACH"], ["出口企业", "食品"]),  # its own part of a long sentence
        ("保险公司应当做到哪些?", ["理赔效率", "10个百分点"], []),  # the clause of its branch
        ("开保险公司的怎么改进服务", ["理赔效率"], ["现代物流"]),  # the verb says nothing of it
        ("小超市老板问有啥规定", ["三包", "先行负责"], []),  # the wider kind in the same clause
        ("规上制药厂要过什么认证", ["GMP"], []),
        ("高新技术公司该跟谁合作搞研发", ["高等院校", "科研机构"], []),  # the subject and the part that is asked
        ("民营检测实验室的“三化”是哪三化", ["社会化、市场化、集团化"], []),
        ("星级饭店服务质量咋说,满意度定多少", ["85%"], ["98%"]),
        ("做铝镁合金的归到哪个产业", ["新材料产业"], []),  # the heading says it
        ("旅游车船公司被点名了吗", ["有。", "旅游车船"], []),
        ("企业都要做什么", ["奖励制度", "教育培训计划", "资金投入"], ["化工企业"]),  # of whatever kind
        ("大型超市有什么规定", ["三包"], ["小型超市"]),
        ("银行业要改善哪些方面", ["营造良好服务环境"], ["更新改造"]),  # the verb only asks
        ("施工企业须完善什么体系", ["计量体系"], ["质量安全保证体系"]),  # who is named comes before all enterprises
        ("上规模的企业过什么体系认证", ["环境管理体系"], ["三级甲等"]),  # what others must meet is not its own
        ("中医院怎么处理好医患关系", ["和谐医患关系"], ["环境质量"]),  # a thing with 关系 in its name
        ("歌厅如何改造", ["娱乐场所"], []),  # a sentence that names others, and it by a word
        ("景区和导游都要改进什么", ["创新意识"], []),
        ("制种的公司争取哪些认证", ["有机认证"], ["监管机制"]),  # what departments do binds no enterprise
        ("做粉丝的小作坊有何规定", ["监管责任"], ["生猪", "保健品"]),  # not what its clause says of other sectors
    ],
)
def test_the_plan(plan: Told, question: str, holds: list[str], lacks: list[str]) -> None:
    told = plan(question)
    assert all(words in told for words in holds)
    assert not any(words in told for words in lacks)


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("我们是酿酒的,有什么要求", ["追溯台账", "电子标签"], ["化工企业", "快递"]),
        ("化工厂要注意什么", ["不得占用食品仓库"], ["追溯台账", "电子标签"]),
        ("搞冷链的有什么指标", ["90%"], ["追溯台账"]),
        ("企业要公开什么", ["安全承诺"], ["追溯台账"]),
        ("园区发展的“三化”指什么", ["绿色化、智能化、集群化"], []),
        ("旅行社要遵守什么", [], ["承诺", "台账"]),  # no word about it
        ("工业企业要做什么", [], ["宣传", "信息化部"]),  # an organ's name is no sector
    ],
)
def test_another_document(other: Told, question: str, holds: list[str], lacks: list[str]) -> None:
    told = other(question)
    assert all(words in told for words in holds)
    assert not any(words in told for words in lacks)


def test_demands_are_parts_of_sentences_in_order(assistant: Assistant) -> None:
    for info in assistant.store.documents():
        folio = Folio(assistant.store.document(info.id))
        spans = [demand.span for demand in demands(folio, Kinds.shipped())]
        assert all(one.end <= two.start for one, two in pairwise(spans))
        assert all(demand.clause.span.contains(demand.span) for demand in demands(folio, Kinds.shipped()))
