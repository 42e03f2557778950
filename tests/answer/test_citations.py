"""Every true statement passes the citation check; no corrupted one does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from zyqa.answer.assistant import Assistant
from zyqa.answer.citations import check
from zyqa.types import Answer, Citation, Role, Span, Statement, Verdict

PLAN = "张政办发〔2011〕187号"
_UNIT = re.compile(r"市[㐀-鿿]{2,7}局|市发改委|市工信委|各县区政府|张掖银监分局")
_NEGATION = re.compile(r"没有|不是|不(?=发生|断|得)|杜绝|禁止")
_ROLES = {"牵头": "配合", "配合": "牵头"}

Case = tuple[str, tuple[Citation, ...]]


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    """Answers of many kinds, their questions made from the documents' own headings, units and targets."""
    document = assistant.store.document(PLAN)
    heads = [clause.heading for clause in document.clauses if 2 < len(clause.heading) < 30]
    units = sorted({duty.surface for duty in document.duties if duty.marked})
    subjects = sorted({target.subject for target in document.targets if len(target.subject) > 3})
    questions = [f"{head}由谁牵头?" for head in heads] + [f"{head}的配合单位有哪些" for head in heads]
    questions += [f"{unit}牵头哪些任务" for unit in units] + [f"{unit}配合几项任务" for unit in units]
    questions += [f"{subject}要达到多少" for subject in subjects]
    questions += [f"{head}讲什么" for head in heads] + [
        f"{head}是{unit}牵头吗" for head, unit in zip(heads, units * 3, strict=False)
    ]
    questions += [
        "哪个单位牵头最多",
        "哪些任务没有配合单位",
        "2012年5月处于哪个阶段",
        "方案引用了哪些文件",
        "《意见》指什么",
    ]
    return [answer for question in questions if not (answer := assistant.ask(question)).refused]


@pytest.fixture(scope="module")
def cases(answers: list[Answer]) -> list[Case]:
    """The statements, each once, with the citations that bear it."""
    found = {statement.text: _cited(answer, statement) for answer in answers for statement in answer.statements}
    return list(found.items())


def _cited(answer: Answer, statement: Statement) -> tuple[Citation, ...]:
    return tuple(answer.citations[place] for place in statement.citations)


def test_every_true_statement_passes(cases: list[Case], assistant: Assistant) -> None:
    assert len(cases) > 200
    assert [text for text, cited in cases if check(text, cited, assistant.store) is not Verdict.VERIFIED] == []


def test_every_citation_is_verbatim(cases: list[Case], assistant: Assistant) -> None:
    for _, cited in cases:
        for one in cited:
            assert one.span.cut(assistant.store.document(one.doc_id).text) == one.quote


def test_no_corrupted_statement_passes(cases: list[Case], assistant: Assistant) -> None:
    corrupted = [case for one in cases for case in _corruptions(one, assistant)]
    kinds = {kind for kind, _, _ in corrupted}
    assert kinds == {"unit", "role", "number", "quote", "clause", "negation"}
    assert len(corrupted) > 500
    passed = [
        (kind, text) for kind, text, cited in corrupted if check(text, cited, assistant.store) is Verdict.VERIFIED
    ]
    assert not passed, "\n".join(map(str, passed[:60]))


def _corruptions(case: Case, assistant: Assistant) -> Iterator[tuple[str, str, tuple[Citation, ...]]]:
    text, cited = case
    dice = random.Random(text)
    yield from (("unit", wrong, cited) for wrong in _other_units(case, assistant, dice))
    for role, other in _ROLES.items():
        if role in re.sub(r"“[^”]*”", "", text) and _UNIT.search(text) and "没有" not in text:
            yield "role", text.replace(role, other), cited
    yield from (("number", wrong, cited) for wrong in _other_numbers(text, dice))
    yield from (("negation", text[: f.start()] + text[f.end() :], cited) for f in _NEGATION.finditer(text))
    first = cited[0]
    shifted = Span(first.span.start + 1, first.span.end + 1)
    yield "quote", text, (replace(first, span=shifted), *cited[1:])
    yield "quote", text, (replace(first, quote=first.quote[:-1] + "吗"), *cited[1:])
    yield "clause", text, (replace(first, clause_id="9.9"), *cited[1:])
    yield "clause", text, (replace(first, doc_id="甘政发〔2099〕1号"), *cited[1:])


def _other_units(case: Case, assistant: Assistant, dice: random.Random) -> Iterator[str]:
    """The statement with one unit replaced by another that the cited clauses do not name in that role."""
    text, cited = case
    document = assistant.store.document(PLAN)
    plain = re.sub(r"“[^”]*”", lambda found: "“" + " " * (len(found.group()) - 2) + "”", text)
    role = Role.SUPPORT if "配合" in plain else Role.LEAD
    places = {one.clause_id for one in cited}
    holders = {d.unit for d in document.duties if d.clause_id in places and d.role is role}
    others = sorted(
        {d.surface for d in document.duties if d.marked and d.unit not in holders and d.surface.startswith("市")}
    )
    for found in _UNIT.finditer(plain):
        if role.value and others and "没有" not in plain and "不是" not in plain:
            yield text[: found.start()] + dice.choice(others) + text[found.end() :]


def _other_numbers(text: str, dice: random.Random) -> Iterator[str]:
    for found in re.finditer(r"\d+", text):
        wrong = str(int(found.group()) + dice.randint(21, 29))
        yield text[: found.start()] + wrong + text[found.end() :]


# ------------------------------------------------------------ single statements, as a model might write them


def _cite(assistant: Assistant, clause_id: str, quote: str) -> Citation:
    document = assistant.store.document(PLAN)
    clause = assistant.store.clause(PLAN, clause_id)
    start = document.text.index(quote, clause.span.start)
    return Citation(
        document.id, clause.id, document.title, document.number, clause.label, clause.heading, quote,
        Span(start, start + len(quote)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "clause", "quote", "holds"),
    [
        ("服务业标准化的牵头单位是市发改委。", "1.4.3", "牵头单位:市发改委", True),
        ("服务业标准化的牵头单位是市工信委。", "1.4.3", "牵头单位:市发改委", False),
        ("市发改委负责服务业标准化。", "1.4.3", "牵头单位:市发改委", True),
        ("市发改委配合服务业标准化。", "1.4.3", "牵头单位:市发改委", False),
        ("市发改委不牵头服务业标准化。", "1.4.3", "牵头单位:市发改委", False),
        ("城市空气质量优良天数比例要达到85%以上。", "1.10.1", "城市空气质量优良天数比例达到85%以上", True),
        ("城市空气质量优良天数比例要达到85%以下。", "1.10.1", "城市空气质量优良天数比例达到85%以上", False),
        ("城市空气质量优良天数比例要达到95%以上。", "1.10.1", "城市空气质量优良天数比例达到85%以上", False),
        ("到2015年不发生重大质量安全事故。", "1.6.2", "不发生重大质量安全事故", False),
        ("全市不发生重大质量安全事故。", "1.6.2", "不发生重大质量安全事故", True),
        ("全市发生重大质量安全事故。", "1.6.2", "不发生重大质量安全事故", False),
        ("Service standardization is led by 市发改委 (一、(四)3).", "1.4.3", "牵头单位:市发改委", True),
        ("Service standardization is led by 市质监局 (一、(四)3).", "1.4.3", "牵头单位:市发改委", False),
        ("服务业标准化由市发改委牵头(一、(四)4)。", "1.4.3", "牵头单位:市发改委", False),
        ("《旅游服务质量提升纲要》规定由市发改委牵头。", "1.4.3", "牵头单位:市发改委", False),
        ("足球比赛由市发改委牵头。", "1.4.3", "牵头单位:市发改委", False),
    ],
)  # fmt: skip
def test_a_sentence_of_a_model_is_judged_alike(
    assistant: Assistant, statement: str, clause: str, quote: str, holds: bool
) -> None:
    verdict = check(statement, [_cite(assistant, clause, quote)], assistant.store)
    assert (verdict is Verdict.VERIFIED) is holds


def test_a_statement_without_citation_fails(assistant: Assistant) -> None:
    assert check("服务业标准化由市发改委牵头。", [], assistant.store) is Verdict.UNSUPPORTED
