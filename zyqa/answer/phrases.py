"""The sentences of answers, in Chinese and in English; what is quoted stays Chinese."""

from __future__ import annotations

from zyqa.patterns import compiled
from zyqa.types import Role

_ONE = compiled(r"\b(1 (?:task|unit|lead unit|supporting unit|responsible unit))s\b")

_PHRASES: dict[str, tuple[str, str]] = {
    "who.lead": ("{what}由{units}牵头({label})。", "{what} ({label}) has {units} as its lead unit."),
    "who.support": ("{what}由{units}配合({label})。", "{what} ({label}) is supported by {units}."),
    "who.responsible": ("{what}由{units}负责({label})。", "{what} ({label}) is the responsibility of {units}."),
    "who.count.lead": (
        "{what}有{count}个牵头单位:{units}({label})。",
        "{what} has {count} lead units: {units} ({label}).",
    ),
    "who.count.support": (
        "{what}有{count}个配合单位:{units}({label})。",
        "{what} has {count} supporting units: {units} ({label}).",
    ),
    "who.count.responsible": (
        "{what}有{count}个责任单位:{units}({label})。",
        "{what} has {count} responsible units: {units} ({label}).",
    ),
    "who.none.lead": ("{what}没有列牵头单位({label})。", "No lead unit is named for {what} ({label})."),
    "who.none.support": ("{what}没有列配合单位({label})。", "No supporting unit is named for {what} ({label})."),
    "who.none.responsible": ("{what}没有列责任单位({label})。", "No responsible unit is named for {what} ({label})."),
    "who.children": ("{what}({label})按项分别负责:", "{what} ({label}) is divided by item:"),
    "who.several": ("提到“{topic}”的条款:", "Clauses that mention “{topic}”:"),
    "item.lead": ("{label}{heading}:{units}牵头", "{label}{heading}: led by {units}"),
    "item.support": ("{label}{heading}:{units}配合", "{label}{heading}: supported by {units}"),
    "item.responsible": ("{label}{heading}:{units}负责", "{label}{heading}: responsible {units}"),
    "item.plain": ("{label}{heading}", "{label}{heading}"),
    "prose": ("{label}:“{quote}”", "As stated in {label}: “{quote}”"),
    "yes": ("是。", "Yes. "),
    "no": ("不是。", "No. "),
    "have": ("有。", "Yes. "),
    "none": ("没有。", "No. "),
    "unheld": (
        "没有。{name}只被引用,原文未入库({label})。",
        "No. {name} is only cited ({label}); its text is not held.",
    ),
    "no.others": ("没有其他单位。", "No other unit. "),
    "not.value": ("不是{value}。", "No, not {value}. "),
    "not.lead": ("不是{units}牵头。", "No, {units} does not lead it. "),
    "not.support": ("不是{units}配合。", "No, {units} does not support it. "),
    "not.responsible": ("不是{units}负责。", "No, {units} is not responsible for it. "),
    "tasks.lead": ("{unit}牵头{count}项:", "{unit} leads {count} tasks, namely:"),
    "tasks.support": ("{unit}配合{count}项:", "{unit} supports {count} tasks, namely:"),
    "tasks.responsible": ("{unit}负责{count}项:", "{unit} is responsible for {count} tasks:"),
    "tasks.part.lead": (
        "其中{unit}牵头{count}项:",
        "Of these, {unit} leads {count} tasks, namely:",
    ),
    "tasks.part.support": (
        "其中{unit}配合{count}项:",
        "Of these, {unit} supports {count} tasks, namely:",
    ),
    "tasks.part.responsible": (
        "其中{unit}负责{count}项:",
        "Of these, {unit} is responsible for {count} tasks, namely:",
    ),
    "tasks.none.lead": ("{unit}没有牵头任务。", "{unit} leads no task."),
    "tasks.none.support": ("{unit}没有配合任务。", "{unit} supports no task."),
    "tasks.none.responsible": ("{unit}没有负责的任务。", "{unit} is responsible for no task."),
    "tasks.prose": ("正文中{unit}的职责:", "Also in the text, on {unit}:"),
    "count.lead": ("{unit}牵头{count}项", "{unit} leads {count} tasks"),
    "count.support": ("{unit}配合{count}项", "{unit} supports {count} tasks"),
    "count.responsible": ("{unit}负责{count}项", "{unit} is responsible for {count} tasks"),
    "target": ("{quote}({label})。", "The target set in {label}: “{quote}”."),
    "target.by": ("{deadline},{quote}({label})。", "The target set in {label}, {deadline}: “{quote}”."),
    "quote": ("{quote}({label})", "“{quote}” ({label})"),
    "alias": ("{alias}指{name}。", "{alias} in the document stands for {name}."),
    "clause": ("{label} {heading}", "Clause {label} has the heading {heading}"),
    "says": ("“{quote}”", "It says in particular: “{quote}”"),
    "stage": ("{name}为{span}({label})。", "The stage {name} runs over {span} ({label})."),
    "issued": ("成文日期是{year}年{month}月{day}日。", "It was issued on the date {year}年{month}月{day}日."),
    "number": ("文号是{number}。", "The document number is {number}."),
    "issuer": ("发文机关是{issuer}。", "It was issued by {issuer}."),
    "deadline": ("多数指标的期限是“{deadline}”。", "For most targets the time is “{deadline}”."),
    "cited": ("{name}({labels})", "{name}, which is cited in {labels}"),
    "named": ("{name}。", "The document in question is {name}."),
    "sent": ("主送:{units}。", "It is addressed to {units}."),
    "units.lead": ("牵头单位共{count}个:{units}。", "There are {count} lead units in the document: {units}."),
    "units.support": ("配合单位共{count}个:{units}。", "There are {count} supporting units in the document: {units}."),
    "units.responsible": (
        "责任单位共{count}个:{units}。",
        "There are {count} responsible units in the document: {units}.",
    ),
    "units.all": ("承担任务的单位共{count}个:{units}。", "There are {count} units in all with tasks: {units}."),
    "units.only.lead": (
        "只牵头、不配合的单位有{count}个:{units}。",
        "There are {count} units that only lead: {units}.",
    ),
    "units.only.support": (
        "只配合、不牵头的单位有{count}个:{units}。",
        "There are {count} units that only support: {units}.",
    ),
    "units.both": (
        "既牵头又配合的单位有{count}个:{units}。",
        "There are {count} units that lead as well as support: {units}.",
    ),
    "list.of": ("共{count}{measure}:", "There are {count} in all:"),
    "list": ("共{count}项:", "There are {count} in all:"),
}


def say(language: str, key: str, **parts: object) -> str:
    """The phrase in ``zh`` or ``en``."""
    said = _PHRASES[key][language == "en"].format(**parts)
    return _ONE.sub(r"\1", said) if language == "en" else said


def spoken(label: str) -> tuple[str, str]:
    """How a label is said in a sentence, of a part that holds items and of an item: 一、 as 第一部分 and 第一项."""
    before, blank, last = label.rpartition(" ")  # 附件 一、
    number = f"{before}{blank}第{last[:-1]}"
    return (f"{number}部分", f"{number}项") if label.endswith("、") else (label, label)


def joined(units: list[str]) -> str:
    """Units in order, each once."""
    return "、".join(dict.fromkeys(units))


ROLE_WORDS = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.RESPONSIBLE: "负责"}
