"""Documents that say in running text who does what, how much and by when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from zyqa import settings
from zyqa.answer.assistant import Assistant
from zyqa.ingest import ingest
from zyqa.search.engine import LocalEngine

LETTER = """国务院办公厅关于做好古桥保护
有关文件贯彻落实工作的通知
国办发〔2018〕931号
各省、自治区、直辖市人民政府:
一、普查登记
(一)摸清底数。县级以上地方人民政府组织开展古桥普查,每4年普查1次,普查结果报文物主管部门备案。
(二)修订办法。请住房城乡建设部按照《中共中央办公厅 国务院办公厅印发〈关于加强古建筑保护的若干意见〉的通知》\
和《国务院关于乡土建筑的意见》精神,落实“最小干预、不改变原状、可以识别”的要求,\
充分听取各有关方面的意见和建议,提出对《古桥修缮管理办法》的修订建议,\
简化古桥修缮工程的审批程序,缩短审批周期,改进验收方式,研究建立修缮报告公示制度。
(三)奖励办法。请财政部会同有关部门制定古桥捐资的奖励办法。
二、日常养护
(四)分工。国家文物局要充分发挥牵头作用,建立古桥志愿者的“护桥通”平台。古桥分为重点古桥和一般古桥。
(五)养护方式。跨度在9米及以上的,采取专人看护的方式;跨度为6米的,采取定期巡查的方式(统称“双看护”);列入名录的古桥均可申请补助。\
申请补助的事务由某某古桥事务所承担。巡查时可以封闭桥面,非巡查时不得封闭桥面。交通运输部、水利部在各自职责范围内,分别负责公路古桥、水上古桥的养护。
国务院办公厅
2018年8月6日
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("told")
    (folder / "letter.txt").write_text(LETTER, "utf-8")
    chosen = settings.load(library=str(folder / "library"))
    engine = LocalEngine.open(Path(chosen.library), chosen, writable=True, create=True)
    ingest([folder / "letter.txt"], engine, chosen)
    engine.close()
    with Assistant.open(chosen) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("古桥修缮管理办法的修订建议由谁提出", "请住房城乡建设部"),
        ("古桥修缮管理办法的修订建议是不是由财政部提出", "不是财政部"),
        ("财政部会同谁制定古桥捐资奖励办法", "有关部门"),
        ("财政部要做什么", "奖励办法"),
        ("水上古桥的养护由谁负责", "水利部"),
        ("护桥通由谁牵头", "国家文物局要充分发挥牵头作用"),
        ("古桥分成几类", "共2个。"),
        ("双看护是什么意思", "定期巡查"),
        ("跨度6米的古桥采取什么方式养护", "定期巡查"),
        ("古桥捐资的奖励办法由谁制定", "财政部"),
        ("列入名录的古桥能不能申请补助", "可以。"),
        ("水利部要做什么", "水上古桥"),
        ("不巡查的时候能不能封闭桥面", "不得封闭"),
        ("古桥是每4年普查一次吗", "是。"),
        ("古桥是每2年普查一次吗", "不是。"),
        ("修订古桥修缮管理办法按照哪些文件的精神", "关于加强古建筑保护的若干意见"),
    ],
)
def test_running_text_answers(told: Assistant, question: str, said: str) -> None:
    assert said in told.ask(question).text
