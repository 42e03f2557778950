"""A follow-up inherits what it leaves out from the turns before it and from their answers, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from zyqa.answer import signs
from zyqa.answer.addresses import ANY
from zyqa.answer.anaphora import at, both, of_documents, with_units
from zyqa.answer.answering import answer
from zyqa.answer.desk import Desk
from zyqa.answer.draft import Draft, Refusal
from zyqa.answer.evidence import Candidate
from zyqa.answer.facts import prose, targets
from zyqa.answer.facts.cited import KINDS
from zyqa.answer.facts.tally import TOTAL
from zyqa.answer.question import Asked, Intent, Place
from zyqa.answer.reading import Reader
from zyqa.answer.substitution import at_level, substituted
from zyqa.answer.topic import Topic
from zyqa.answer.turns import (
    Turn,
    around,
    as_before,
    asks,
    counted,
    documents,
    gap,
    joined,
    meaning,
    measures,
    of_clauses,
    turn,
    uncountable,
    within,
)
from zyqa.patterns import compiled
from zyqa.text import part_of_speech

_CHANGES = compiled(
    r"换个?(?:话题|问题)|(?:问|说|聊|讲)(?:个|点儿?|一下)?(?:别的|其他的?|另外|另一)|另外(?:再|想)?问"
    r"|顺便(?:再)?问|不说这|不问这|算了"
)
_SET_MEANT = compiled(r"其中|当中|(?:这|那)(?:几|些|[两三四五六七八九十]|\d+)|上述|上面|前面|里(?:面|头)?(?:有|哪)")
_TABLE = compiled(
    r"哪(?:些|几|一)?(?:个|项|条)?(?:任务|工作)|(?:哪些|哪几个|多少个?|几个)(?:单位|部门).{0,4}(?:没|只|不|从)"
    r"|所有|全部|整个|方案"
)
_MORE = compiled(r"[多少]")
_WHOLE_TABLE = compiled(
    r"(?:这|本|该)(?:个|份)?方案|方案(?:里|中|共|一共)|全文|通篇|哪(?:些|几)(?:个|项|条)?(?:任务|工作).{0,4}[没无]|第[二三]多|[两三几多]个?(?:单位|家|部门).{0,2}(?:共同|一起)|(?:单位|部门)(?:一共|总共)"
    r"|(?:(?<!有)没有?|无|缺|只有?|光|从不|共同|一起|联合|不).{0,12}(?:的|哪些|几个)(?:任务|工作|市级)?(?:任务|工作|单位|部门)"
)
_COUNT = compiled(r"[那,]*(?:一共|总共|都)?有?(?:几|多少)[家个](?:单位|部门)?[呢啊呀]?[?。]?")
_WORDS = compiled(r"[a-z㐀-鿿]")
_TO_WHOM = compiled(r"[给向对跟]谁")
_AGAIN = compiled(r"^[你您]?(?:确定|确认|肯定|真的|当真|没搞错|没错|是吗|对吗)(?:是?这样)?[吗么吧]?\??$")
_CLAUSE_MEANT = compiled(
    r"(?:这|那|该|此|上面|前面)(?:一|个)?(?:条|项|款|点|章|节|阶段|部分|期间|时期|段时间).{0,4}"
    r"(?:标题|题目|名称|叫|讲|说|写|内容|[做干忙抓](?:些|点)?(?:什么|啥))"
)
_THAT = compiled(r"(?:这|那|该|此)一?(?:项|条|款|个(?:任务|行业|阶段))")
_SOURCE = compiled(
    r"(?:依据|根据|出自)(?:的是)?哪一?(?:条|款|项|处)|^(?:那|这|它)?(?:都)?[是在]哪一?(?:条|款|项|处)|哪(?:一)?(?:条|款|项|章|处|部分)(?:里|中)?(?:写|说|讲|规定|提|要求)|出处|(?:写|说|讲|规定|提)在哪"
)
_COLLECTIVE = compiled(r"指标|目标|数字|要求|任务")
_RATE = compiled(r"(?:比?率|度|比例|占比|指标|百分比|数值)(?:又|该)?(?:呢|是|怎么样|[?。]|$)")
_LOOSE = {Intent.TEXT, Intent.OUTLINE, Intent.MEANING}
_AS_A_WHOLE = {Intent.WHO, Intent.CITES, Intent.TEXT}
_OWN_SUBJECT = {Intent.ABOUT, Intent.OUTLINE}
_OTHER_WISHES = (
    signs.WHO,
    signs.TARGET,
    signs.WHEN,
    signs.CITES,
    signs.STATUS,
    signs.OUTLINE,
    signs.ABOUT,
    signs.TASKS,
)
_OWN, _ELLIPTIC, _BESIDE, _DOCUMENT, _ANY = 0.1, 0.2, 0.35, 0.6, 1.0  # how much better a topic may be covered elsewhere
_SAID = 0.5  # weight of a word that a follow-up is about
_CONTENT = 0.2  # weight of a word that no document has, from which on it says something
_NAMED = 4  # characters of a heading that a question names as it is
_HEADED = 0.5  # share of a heading
_SHORT, _LONGEST = 12, 14
_FEW = 8  # clauses of an answer that a follow-up is still asked of

_REMEMBERED = 64  # turns of the last dialogues
_known_turns: WeakKeyDictionary[Desk, dict[tuple[str, ...], Turn]] = WeakKeyDictionary()  # by what was said up to them


def readings(reader: Reader, text: str, history: Sequence[str], desk: Desk) -> list[Asked]:
    """The question as it may be meant, the likeliest first; alone it has one reading."""
    known = _known_turns.setdefault(desk, {})
    before: Turn | None = None
    for place in range(len(history)):
        said = tuple(history[: place + 1])
        one = known.get(said)
        if one is None:
            one = _answered(reader, said[-1], before, desk)
            if len(known) >= _REMEMBERED:
                known.clear()
            known[said] = one
        before = one
    return _meant(reader.read(text), before, desk, reader)


def _answered(reader: Reader, said: str, before: Turn | None, desk: Desk) -> Turn:
    read = _meant(reader.read(said), before, desk, reader)
    outcome = answer(read, desk)
    best = None if isinstance(outcome, Refusal) else _plainly(outcome[0], desk)
    return turn(best.asked if best else read[0], best.draft if best else None, before, desk)


def _plainly(best: Candidate, desk: Desk) -> Candidate:
    """An answer with the intent that the next turn inherits: a value is one whatever kind of question it answered."""
    if best.asked.intent not in _LOOSE or not prose.HOW_MUCH.search(best.asked.cues):
        return best
    asked = replace(best.asked, intent=Intent.TARGET)
    told = targets.targets(asked, desk)
    same = isinstance(told, Draft) and _clauses(told) == _clauses(best.draft)
    return replace(best, asked=asked) if same else best


def _clauses(draft: Draft) -> set[str]:
    return {quote.clause.id for line in draft.lines for quote in line.quotes}


def _meant(now: Asked, before: Turn | None, desk: Desk, reader: Reader) -> list[Asked]:
    if before is None or _stands(now, desk):
        return [now]
    desk = desk.within(now)
    before = replace(before, places=within(before.places, desk))
    if (place := counted(now, before.places, desk)) and (there := list(at(now, before, place, desk))):
        return there
    if past_last := uncountable(now, before.places, desk):
        return [past_last]
    if _AGAIN.search(now.text):
        return [before.asked]
    if two := both(now, before):
        return [two]
    if whole := at_level(now.text, before.whole):
        return [reader.read(whole)]
    document = of_documents(now, before, alone=True)
    if document is None and (of_unit := with_units(now, before, desk)):
        return [of_unit]
    merged = [*([document] if document else []), *_merged(now, before, desk)]
    if whole := substituted(now.text, before.whole):
        one = reader.read(whole)
        merged.insert(0 if _is_headed(one, desk) else len(merged), one)
    stands = _whole(now) if asks(now) or not now.follows else _is_headed(now, desk)
    return list(dict.fromkeys((*merged, *([now] if stands or not merged else []))))


def _is_headed(asked: Asked, desk: Desk) -> bool:
    """Whether a question without a wish names what a heading does (启动阶段呢)."""
    return any(match.heading >= _HEADED for match in desk.best(asked.topic)[:1])


def _stands(now: Asked, desk: Desk) -> bool:
    """Whether a question says that it is about something else, or about the document as a whole."""
    if not _WORDS.search(now.text) or (_CHANGES.search(now.text) and _whole(now)):
        return True
    if (now.values and asks(now) and not now.yes_no) or _WHOLE_TABLE.search(now.cues):
        return True
    if now.follows or _SET_MEANT.search(now.text):
        return False
    heads = (head.partition("(")[0] for folio in desk.originals for head in folio.heads.values())
    address = now.address is not None and not now.address.startswith(ANY) and "." in now.address
    return address or any(len(head) >= _NAMED and head in now.text for head in heads)


def _whole(asked: Asked) -> bool:
    """Whether a question can stand alone: it has a subject of its own."""
    return bool(asked.topic.strong or asked.units or asked.address or asked.titles or asked.numbers or asked.dates)


# ------------------------------------------------------------ what it leaves out


def _merged(now: Asked, before: Turn, desk: Desk) -> Iterator[Asked]:
    if (
        before.places
        and _SET_MEANT.search(now.text)
        and (now.units or now.topic.strong)
        and not (now.yes_no or now.capacity)
    ):
        yield replace(now, scope=before.places)
    if _has_topic(now) or (now.topic.terms and now.follows and not (asks(now) or TOTAL.search(now.cues))):
        yield from _new_topic(now, before, desk)
    elif now.units:
        yield from _new_units(now, before, desk)
    elif now.address or now.titles or now.numbers or (now.dates and _of_time(now, before.asked)):
        if not asks(now):
            merged = as_before(now, before.asked)
            yield replace(merged, topic=before.asked.topic) if now.dates else merged
    else:
        yield from _new_wish(now, before, desk)


def _of_time(now: Asked, before: Asked) -> bool:
    """Whether a question that names a date asks what happens then, and for no target."""
    return now.intent is not Intent.TARGET or (before.intent is Intent.WHEN and not asks(now))


def _has_topic(now: Asked) -> bool:
    """Whether a question has a topic of its own.

    What those do who are asked for is none (谁负责组织), nor what kind of document is cited (依据哪个国标).
    """
    if signs.CITES.search(now.cues) and all(term.text in KINDS for term in now.topic.strong):
        return False
    if not (now.who and now.role):
        return bool(now.topic.strong)
    return any(part_of_speech(term.text)[0] != "v" for term in now.topic.strong)


def _new_units(now: Asked, before: Turn, desk: Desk) -> Iterator[Asked]:
    """那质监局呢, 牵头的是林业局吗: of the clause answered before, or what another unit does there."""
    past = before.asked
    of_clause = not (past.units and past.intent is Intent.TASKS) and 0 < len(before.places) <= _FEW
    picks = now.who and now.role is not None and not (now.yes_no or _MORE.search(now.text))  # 水务局和交通局谁牵头
    if of_clause and (picks or now.yes_no or now.capacity or (past.intent is Intent.WHO and not asks(now))):
        inherits = past.intent is Intent.WHO and (now.role is None or now.soft)
        role, soft = (past.role, past.soft) if inherits else (now.role, now.soft)
        asked = meaning(replace(now, role=role, soft=soft, yes_no=not (now.capacity or picks)), Intent.WHO)
        yield of_clauses(asked, before.places, before.terms)
    if (merged := _new_unit(now, past)) is None:
        return
    if not past.units and before.places and merged.intent not in (Intent.WHO, Intent.TASKS):
        yield replace(merged, units=(), surfaces=(), topic=Topic(before.terms), scope=before.places)
        return
    if desk.several and before.places:
        yield replace(merged, scope=documents(before.places))
    yield merged


def _new_topic(now: Asked, before: Turn, desk: Desk) -> Iterator[Asked]:
    """农业的呢: the wish of the turn before, near what was answered there. A wish of its own is asked there as well."""
    own, elliptic = asks(now), now.follows or len(now.text) <= _SHORT
    if not own and not elliptic:
        return
    if before.asked.units and before.asked.intent is Intent.TASKS and now.yes_no and not now.units:
        past = before.asked
        asked = replace(now, units=past.units, surfaces=past.surfaces, role=now.role or past.role)
        yield meaning(asked, Intent.WHO)  # 有没有包括品牌: whether the unit does that as well
        return
    context = tuple(term for term in before.terms if term.text not in {one.text for one in now.topic.terms})
    topic = replace(now.topic, context=context)
    if own:
        asked = replace(now, topic=topic if now.follows else now.topic)
    else:
        asked = replace(_as_wished(now, before), topic=topic)
    if not now.units and (scope := _scope(now, before, desk, elliptic=not own)):
        weak = not now.topic.strong and scope == before.places  # 其他县呢
        yield replace(asked, scope=scope, topic=joined(now.topic, Topic(context)) if weak else asked.topic)
    if not own or (now.follows and context):
        yield asked


def _as_wished(now: Asked, before: Turn) -> Asked:
    """The wish of the turn before; after who does what was asked about before that, the value of a measure."""
    past = before.asked
    rated = past.intent is Intent.WHO and not past.topic and now.intent is Intent.TARGET and not now.units
    return now if rated and _RATE.search(now.text) else as_before(now, past)


def _scope(now: Asked, before: Turn, desk: Desk, *, elliptic: bool) -> tuple[Place, ...]:
    """Where the topic is covered about as well as anywhere: the clauses of the answer, those beside, the document."""
    if not before.places:
        return ()
    near, meant = gap(now.topic, before.places, desk), now.follows or bool(_SET_MEANT.search(now.text))
    there = len(before.places) == 1 and (measures(now) or _THAT.search(now.text))
    enough = _ANY if there else _ELLIPTIC if elliptic or meant else _OWN
    if near <= enough:
        return before.places
    if elliptic and gap(now.topic, beside := around(before.places, desk), desk) <= _BESIDE:
        return beside
    whole = documents(before.places) if desk.several else ()
    return whole if gap(now.topic, whole, desk) <= _DOCUMENT else ()


def _new_unit(now: Asked, before: Asked) -> Asked | None:
    """那质监局呢: the wish before, about another unit; 它配合的呢 has the unit of the turn before."""
    if now.compare and before.units and before.intent is Intent.TASKS:
        units = tuple(dict.fromkeys((*before.units, *now.units)))
        role = now.role or before.role
        return replace(now, units=units, surfaces=(*before.surfaces, *now.surfaces), role=role, intent=Intent.TASKS)
    if before.intent is Intent.WHO and before.topic and (now.yes_no or now.follows) and len(now.text) < _LONGEST:
        role = before.role if now.role is None or now.soft else now.role
        asked = replace(now, topic=before.topic, yes_no=True, role=role, address=before.address, scope=before.scope)
        return meaning(asked, Intent.WHO)
    if (now.intent is Intent.TASKS and now.role is not None) or now.yes_no:
        return replace(now, topic=before.topic) if before.topic.strong and now.yes_no else None
    if now.intent is Intent.TASKS and (signs.TASKS.search(now.cues) or (not now.follows and len(now.text) > 8)):
        return None
    wish = as_before(now, before)
    topic = before.topic if before.intent is Intent.WHO else Topic(())
    role = now.role or before.role
    intent = before.intent
    if intent is Intent.WHO:
        return replace(wish, topic=topic, role=role, yes_no=(bool(before.units) and before.yes_no) or True)
    return replace(wish, topic=topic, role=role, intent=intent)


def _new_wish(now: Asked, before: Turn, desk: Desk) -> Iterator[Asked]:
    """那配合单位呢: of what the answer before was about."""
    past = before.asked
    if not now.follows and any(term.weight >= _CONTENT for term in now.topic.strange):
        return  # 有什么好吃的
    if _SOURCE.search(now.text) and before.places:
        yield past  # an answer names its clause
        return
    if now.intent is past.intent is Intent.WHEN and (beside := _beside(now, before)):
        yield replace(now, topic=beside, scope=before.places)
    of_set = bool(_SET_MEANT.search(now.text))
    if (now.most or _TABLE.search(now.cues)) and not (now.follows or of_set or past.units):
        return  # 哪个单位牵头最多: of all, whatever was talked of before
    if told := of_documents(now, before):
        yield told
    if _CLAUSE_MEANT.search(now.text):
        now = meaning(now, Intent.TEXT)
    if signs.MEANING.search(now.cues) and not any(one.search(now.cues) for one in _OTHER_WISHES):
        now = meaning(now, Intent.MEANING)  # 是什么奖
    if now.capacity and past.units and before.places and len(before.places) <= _FEW:
        of_past = replace(now, units=past.units, surfaces=past.surfaces, role=None)
        yield of_clauses(meaning(of_past, Intent.WHO), before.places, before.terms)
        return
    own_subject = now.intent in _OWN_SUBJECT and (signs.OUTLINE.search(now.cues) or signs.ABOUT.search(now.cues))
    if own_subject and not (now.follows or of_set):
        return
    scope = before.places if len(before.places) <= _FEW or of_set else ()
    if past.intent is Intent.WHO and _COUNT.fullmatch(now.text) and scope:
        wish = replace(as_before(now, past), who=True, count=True, yes_no=False)
        yield of_clauses(meaning(wish, Intent.WHO), scope, before.terms)
        return
    wish = now if asks(now) or now.role else replace(as_before(now, past), role=now.role or past.role)
    of_unit = past.intent is Intent.TASKS or not (past.topic.terms or past.address)
    if past.units and of_unit and not (now.who and scope):
        same = now.role in (None, past.role)  # 一共几项
        yield from _of_unit(wish, now, past, scope if of_set or (now.count and same) else ())
        return
    if now.others and _COLLECTIVE.search(now.cues):
        wish = meaning(wish, Intent.TARGET)
    if _TO_WHOM.search(now.text):
        wish = replace(meaning(wish, Intent.TEXT), who=False)
    elif wish.role is not None or now.who:
        wish = meaning(wish, Intent.WHO)
    elif wish.intent in (Intent.BINDS, Intent.OUTLINE) and scope:
        wish = meaning(wish, Intent.TEXT)
    far = replace(
        wish,
        topic=joined(now.topic, past.topic if past.topic else Topic(before.terms)),
        units=now.units or (past.units if past.intent is not Intent.WHO else ()),
        surfaces=now.surfaces or past.surfaces,
        address=past.address,
        titles=past.titles,
        numbers=past.numbers,
    )
    if scope:
        as_whole = wish.intent in _AS_A_WHOLE and (wish.intent is not Intent.TEXT or asks(now))
        if as_whole or not far.topic or now.others or _COLLECTIVE.search(now.cues):
            yield of_clauses(wish, scope, before.terms)
        if wish.intent in (Intent.WHO, Intent.CITES):
            return
        yield replace(far, scope=scope)
    if far.topic or far.units or far.address or far.titles or far.numbers:
        yield far


def _beside(now: Asked, before: Turn) -> Topic | None:
    """What a follow-up names beside what was asked about, in a word that says little elsewhere (那计划什么时候报)."""
    own = (term for term in now.topic.terms if len(term.text) > 1 and term.text not in before.whole)
    named = tuple(replace(term, weight=_SAID) for term in own if part_of_speech(term.text)[0][:1] == "n")
    return Topic(named) if named else None


def _of_unit(wish: Asked, now: Asked, past: Asked, scope: tuple[Place, ...]) -> Iterator[Asked]:
    """它配合的呢, 一共几项: of the unit of the turn before."""
    summed = bool(TOTAL.search(now.cues))
    role = None if summed else now.role or past.role
    asked = replace(meaning(wish, Intent.TASKS), units=past.units, surfaces=past.surfaces, role=role, scope=scope)
    yield replace(asked, count=True, both=True) if summed else asked
