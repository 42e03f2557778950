"""The same kinds of question on any document of a library that holds several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zyqa import settings
from zyqa.answer.answering import of_itself
from zyqa.answer.assistant import Assistant
from zyqa.answer.draft import Draft
from zyqa.answer.facts import references
from zyqa.ingest import ingest
from zyqa.search.engine import LocalEngine

DECREE = """中华人民共和国国务院令
第899号
《苗木经纪条例》已经2018年9月6日国务院第90次常务会议通过,现予公布,自2019年5月1日起施行。
总理 某某
2018年11月6日
苗木经纪条例
第一章　总　　则
第一条　为了规范苗木经纪行为,根据《中华人民共和国种子法》,制定本条例。
第二条　国务院林草行政部门负责全国的苗木经纪管理工作。
省、自治区、直辖市人民政府管理苗木工作的部门负责本行政区域内的苗木经纪管理工作。
第二章　苗木经纪机构
第三条　苗木经纪机构的组织形式应当为合伙企业、有限责任公司。
第四条　苗木经纪机构从事经纪业务应当具备下列条件:
（一）有书面章程;
（二）有固定的营业场所;
（三）有三名以上苗木经纪人。
第五条　国务院林草行政部门应当自受理申请之日起25日内作出是否颁发许可证的决定。
第三章　法律责任
第六条　擅自开展苗木经纪业务的,由管理苗木工作的部门没收违法所得,并处违法所得2倍以上4倍以下的罚款。
第七条　苗木经纪机构未办理变更手续的,由管理苗木工作的部门予以警告,可以处8万元以下的罚款。
第八条　苗木经纪人不得自行接受委托,不得同时在两个以上苗木经纪机构从业。
第四章　附　　则
第九条　本条例自2019年5月1日起施行。
"""

NOTICE = """国务院办公厅关于对勤俭办学成效明显地方
加大激励支持力度的通知
国办发〔2018〕917号
各省、自治区、直辖市人民政府:
国务院决定,将2016年实施的12项办学激励措施增加为14项办学激励措施。
一、对校舍修缮工作成效明显的市,在安排中央补助时予以倾斜。(教育部负责)
二、对食堂管理规范、食品采购公开的县,优先纳入放心食堂试点。(市场监管总局、教育部负责)
三、对图书馆建设进展快的省,优先支持其行政区域内2家图书馆升级为国家示范馆,并在三年之内免予检查。(文化和旅游部会同有关部门负责)
自本通知印发之日起,原有办法停止执行。
附件:办学激励部际联席会议制度
国务院办公厅
2018年12月6日
附件
办学激励部际联席会议制度
一、主要职能
统筹协调办学激励工作,研究解决其中的重大问题,督促检查各项激励措施的落实。联席会议不刻制印章,不正式行文。
二、成员单位
联席会议(以下称办学会商)由财政部、民政部等2个部门组成,财政部为牵头单位。联席会议办公室设在财政部,承担日常工作,由各成员单位指定联络员参加。
三、工作规则
联席会议原则上每年召开两次全体会议,也可根据工作需要临时召开专题会议,以会议纪要的形式明确议定的事项,印发有关方面执行。
"""

OPINION = """国务院关于推进山区茶业振兴的指导意见
国发〔2019〕906号
各省、自治区、直辖市人民政府:
为落实《国务院关于促进特色农业发展的意见》(国发〔2015〕943号),提出以下意见。
一、总体要求
(一)指导思想。坚持绿色发展。
(二)基本原则。
坚持因地制宜。各地要选择适合的品种。
坚持市场主导。发挥市场配置资源的作用。
坚持生态优先。严格保护茶园环境。
二、主要任务
(三)改造低产茶园。到2022年,低产茶园改造率达到80%。(农业农村部牵头,财政部参与)
(四)培育茶业品牌。鼓励企业创牌。茶业品牌分为区域品牌和企业品牌两类。到2025年,茶业区域品牌建设基本完成。(市场监管总局牵头,农业农村部参与)
三、金融支持
(五)降低融资成本。对单户500万元及以下的茶企收取的担保费率不超过1%,对单户500万元以上的茶企收取的担保费率不超过1.5%。银行承担的风险责任比例不低于20%。
国务院
2019年3月2日
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("several")
    for name, text in (("decree", DECREE), ("notice", NOTICE), ("opinion", OPINION)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    chosen = settings.load(library=str(folder / "library"))
    engine = LocalEngine.open(Path(chosen.library), chosen, writable=True, create=True)
    ingest([folder / f"{name}.txt" for name in ("decree", "notice", "opinion")], engine, chosen)
    engine.close()
    with Assistant.open(chosen) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("苗木经纪条例第三条说什么", "合伙企业"),
        ("苗木经纪条例第四条第二项", "固定的营业场所"),
        ("苗木经纪条例的发文日期", "2018年11月6日"),
        ("茶业意见的文号是多少", "国发〔2019〕906号"),
        ("茶业意见第五条讲什么", "降低融资成本"),
        ("勤俭办学通知第三项讲的是什么", "图书馆"),
        ("勤俭办学激励里市场监管总局负责哪几项", "食堂"),
        ("茶业意见里市场监管总局牵头哪些任务", "二、(四)"),
        ("办学激励部际联席会议办公室设在哪个部门", "附件 第二项"),
        ("茶业意见的基本原则有哪几条", "坚持生态优先"),
        ("勤俭办学激励里图书馆建设归谁负责", "文化和旅游部会同有关部门"),
        ("勤俭办学激励里食堂那条,教育部是不是负责单位", "市场监管总局、教育部"),
        ("擅自开展苗木经纪业务的,并处违法所得几倍的罚款", "2倍以上4倍以下"),
        ("苗木经纪机构未办理变更手续,罚款最高多少", "8万元"),
        ("受理苗木经纪申请后多少天内作出决定", "25日"),
        ("勤俭办学通知里优先支持几家图书馆升级", "2家"),
        ("茶业意见里银行承担的风险责任比例最少是多少", "20%"),
        ("茶业品牌分为几类", "两类"),
        ("茶业区域品牌到2025年要实现什么目标", "基本完成"),
        ("办学会商的办公室是设在民政部吗", "不是"),
        ("办学会商由几个部门组成", "2个部门"),
        ("苗木经纪条例从什么时候起施行", "自2019年5月1日起施行"),
        ("山区茶业振兴的基本原则有哪几条", "坚持生态优先"),
        ("办学激励部际联席会议的办公室是设在教育部吗", "不是"),
        ("办学激励部际联席会议的办公室是不是设在财政部", "是。"),
    ],
)
def test_a_document_is_asked_by_its_short_name(several: Assistant, question: str, said: str) -> None:
    assert said in several.ask(question).text


def test_each_document_is_told_of_where_none_is_named(several: Assistant) -> None:
    answer = several.ask("文号是多少?")
    assert all(number in answer.text for number in ("国发〔2019〕906号", "国办发〔2018〕917号"))


@pytest.mark.parametrize("question", ["苗木经纪条例里农业农村部牵头哪些任务", "勤俭办学通知第九项讲什么"])
def test_what_the_document_meant_lacks_is_refused(several: Assistant, question: str) -> None:
    answer = several.ask(question)
    assert answer.refused
    assert answer.reason


def test_the_first_sentence_of_an_article_is_what_it_rules(several: Assistant) -> None:
    assert "国务院林草行政部门" in several.ask("全国的苗木经纪管理工作由谁负责?").text


def test_what_a_document_is_made_by(several: Assistant) -> None:
    desk, reader = several._desk()
    asked = reader.read("苗木经纪条例是根据哪部法律制定的")
    draft = references.cites(of_itself(asked, desk.within(asked)), desk.within(asked))
    assert isinstance(draft, Draft)
    assert [line.text for line in draft.lines] == ["《中华人民共和国种子法》(《苗木经纪条例》第一条)。"]


@pytest.mark.parametrize(
    "question",
    [
        "187号文",
        "张政办发187号",
        "张掖市推进质量振兴工作方案",
        "《张掖市推进质量振兴工作方案》",
        "这份方案自己的发文字号",
    ],
)
def test_a_document_named_alone_is_told_by_title_and_number(assistant: Assistant, question: str) -> None:
    assert "张政办发〔2011〕187号" in assistant.ask(question).text
