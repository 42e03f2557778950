"""What no document says is refused, naming what is missing; what only looks like it is answered."""

from __future__ import annotations

import pytest

from zyqa.answer.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("市审计局在检验检测能力建设里是配合单位吗", "未提及市审计局"),
        ("市气象局配合空气环境质量工作吗?它配合哪几项", "未提及市气象局"),
        ("市供销社在现代物流业里是什么角色", "未提及市供销社"),
        ("市场监管局配合哪些任务", "未提及市场监管局"),  # three bodies of the documents became one: which is meant?
        ("服务业标准化的监理单位是哪家", "没有写明监理单位"),
        ("新材料产业由谁担任督办单位", "没有写明督办单位"),
        ("旅游收入到2015年要做到多少个亿", "没有以“亿”计的数值"),
        ("甘政办发〔2011〕58号一共部署了多少项任务", "只被引用,原文未入库"),
        ("省里那个甘政办发58号文,里头各项任务是怎么分工的", "只被引用,原文未入库"),
        ("甘政发〔2010〕1号列了哪些重点产业", "只被引用,原文未入库"),
        ("GB/T23791把企业信用分成几个等级", "原文未入库"),
        ("甘肃省循环经济总体规划设定的资源产出率是多少", "原文未入库"),
        ("甘肃省食品小作坊管理办法怎么规定的", "没有引用"),
        ("REACH法规的注册费是多少", "原文未入库"),
        ("国家级服务业标准化示范单位要培育几个", "未提及国家级服务业"),
        ("市地质灾害局在水环境质量里配合吗", "未提及市地质灾害局"),
        ("省质监局配合吗", "未提及省质监局"),
        ("检验检测的收费标准是多少", "没有以“元”计的数值"),
        ("企业质量档案建档费用", "没有以“元”计的数值"),
        ("旅游业的主管领导是谁", "没有写明主管领导是谁"),
        ("上海市的服务业标准化由谁牵头", "未涉及上海市"),
        ("银行排队时间不超过几分钟", "没有以“分钟”计的数值"),
        ("服务业增长率的目标", "未提及“增长率”"),
        ("你是哪家公司开发的模型", "只回答文件里写的"),
        ("你好,在吗", "只回答文件里写的"),
    ],
)
def test_what_is_missing_is_named(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    assert reason in (answer.reason or "")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("我是市审计局的,服务业标准化由谁牵头", "市发改委"),  # only asks
        ("市审计局的同志想问现代物流业的牵头单位是谁", "市商务局"),
        ("服务业标准化是市教育局牵头还是市发改委牵头", "市发改委"),
        ("金融保险业是人民银行牵头吗", "不是人民银行牵头"),  # who does is told
        ("市质兼局牵头哪些任务", "市质监局牵头6项"),
        ("旅油局牵头什么", "旅游业"),
        ("药监局配合哪几项", "现代物流业"),
        ("住建局牵头什么任务", "重点工程"),
        ("甘政办发〔2011〕58号是什么文件", "质量振兴工作方案"),
        ("《意见》是什么文件", "张政发〔2010〕123号"),
        ("商贸企业贯彻哪个国家标准", "GB/T19004"),
        ("审计局要材料,请列出林业局牵头的任务", "生态环境质量"),
        ("科长问我安监局配合哪项", "监督检查"),
        ("来张掖玩的游客,满意度目标定在多少?", "85%以上"),
        ("长途班车正典率要多少", "85%以上"),
        ("现代物硫业哪个单位牵头", "市商务局"),
        ("质量振兴工作的责任单位有哪些,县里负责什么", "各县区政府"),
    ],
)
def test_what_only_looks_missing_is_answered(assistant: Assistant, question: str, holds: str) -> None:
    answer = assistant.ask(question)
    assert not answer.refused
    assert holds in answer.text
