"""A count, a time or a place that is asked for in words of its own must be told."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    "question",
    [
        "疫病监控体系要设几个站点",
        "质量论坛在哪里举行",
        "物流园区建在哪个县",
        "光伏组件基地哪年投产",
        "工业产品生产许可证有效期几年",
        "锶镁合金项目由哪家公司承建",
        "能源审计一年做几次",
        "质量档案要留存几年",
        "年度工作计划要交几份",
        "质量论坛的办会费谁来出",
        "放心粮店一共建几家",
        "无障碍整改不到位的县区领导受什么处分",
        "考核办法由谁执笔",
        "邮件弄丢了邮局赔多少",
        "质量信用评价多久做一回",
        "隆畅河水质要达到几类水",
        "培育的龙头企业是哪些公司的",
        "奖励办法要填什么表",
        "眼下全市有多少个著名商标",
        "钨钼加工项目在哪个乡",
        "质量论坛要请哪些教授",
        "售卖假货的要坐牢吗",
        "办旅行社要什么证",
        "购物放心市场能带来多少税收",
        "宣传工作请的是哪家媒体",
        "包裹几天送到的目标是多少天",
        "商务局内部有几个处室",
        "垃圾处理的收费标准是多少",
        "争取发布几项物流业的国际标准",
        "钨钼深加工项目要几个月建完",
        "《旅游服务质量提升纲要》的第几条讲游客满意度",
        "市卫生局在哪条路上",
        "工信委的门牌号是多少",
        "哪个景区最好玩",
        "买药去哪家药店便宜",
        "邮政通信业2015年要服务多少用户",
    ],
)
def test_what_is_wanted_and_not_told_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("质量状况分析报告县区多久报一次", "每季度"),
        ("打电话投诉通信公司,处理及时率目标是几个点", "98%"),
        ("无证生产的会怎么处罚", "依法查处"),
        ("市上主管部门多久报一次分析报告", "每半年"),
        ("要新增几个甘肃名牌产品", "10"),
        ("邮政电信用户投诉及时处理率的指标值是多少", "98%"),
    ],
)
def test_what_is_told_is_answered(assistant: Assistant, question: str, holds: str) -> None:
    assert holds in assistant.ask(question).text
