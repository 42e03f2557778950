"""A rate of one thing, or an amount in one year, is not told of another."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "农产品抽检合格率定的百分比是多少",
        "高铁正点率要达到多少",
        "旅游业的投诉处理及时率目标是多少",  # each of the two stands somewhere
        "2012年要新增几个甘肃名牌产品",
        "二氧化硫排放量要下降百分之几",
        "质量论坛要邀请几位专家",
        "企业质量信用等级一共分几级",
        "奖励先进企业的资金是多少元",
        "特色农产品认证要达到几个",
        "患者的满意度到2015年要达到百分之几",
        "“十一五”末保险业的顾客满意度是多少",
        "如今的森林覆盖率是百分之多少",
        "全市龙头旅行社要达到多少家",
        "循环经济的资源产出率具体数值是多少",
        "装修工程的优良率目标是百分之几",
        "循环经济标准化示范单位要建几个",
    ],
)
def test_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("产品质量监督抽查合格率要多少", "90%"),
        ("长途大巴准点率要达到多少", "85%"),
        ("邮政通信业的投诉处理及时率目标是多少", "98%"),
        ("2015年要新增几个甘肃名牌产品", "10个"),
        ("森林复盖率要提高几个百分点", "1个百分点"),
        ("服务业地方标准要完成几项", "6项"),
        ("三包有效期是多少天", "半年至一年"),
        ("旅游和商贸的满意度各是多少", "85%"),
    ],
)
def test_answered(assistant: Assistant, question: str, holds: str) -> None:
    assert holds in assistant.ask(question).text
