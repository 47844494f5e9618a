"""Random submissions with every kind of text a person can type; a seed always gives the same one."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.entered import PerformanceIndicator
from zhengti_zip.submission.inputs import single_inputs, table_parts
from zhengti_zip.submission.model import Goal, Scalar, SelfScore, Submission
from zhengti_zip.submission.paths import INDICATORS
from zhengti_zip.submission.values import clean_text

TEXTS = (
    "按计划完成年度各项任务。",
    "全年办理群众来信1,204件，办结率98.6%，比上年提高2个百分点。",
    "（1）完成第一项工作。\n（2）完成第二项工作。\n（3）完成第三项工作。",
    "第一段。\n\n空一行之后的第二段。",
    "1.以数字开头的文字。\n2.另一段以数字开头的文字。",
    "<w:t>像标记的文字</w:t> & <b>加粗</b> &amp; ]]>",
    "从右到左的文字：שלום 和 مرحبا，混在中文里。",
    "表情：😀👨‍👩‍👧‍👦🇨🇳，组合字符：e\u0301，生僻字：𠮷。",
    "引号“‘内’外”，省略号……破折号——，连字符a-b、a–b。",
    "两个  空格，一个\u3000全角空格，一个 半角空格。",
    "填写",
    "选择一项",
    "无",
    "=SUM(A1:A3)",
    "+86 20 1234 5678",
    "_x0041_不是转义",
)
LONG = "本部门围绕年度中心工作，细化任务分工，强化过程管理，各项工作按计划推进，取得了较好成效。"
AMOUNTS = ("0", "0.01", "12.5", "1297.59", "18520.64", "123456789.12", "7", "0.005")


def submission(form: FormDefinition, seed: int) -> Submission:
    """The submission of a seed."""
    chance = Random(seed)
    filled = chance.choice((0.0, 0.3, 0.8, 1.0))
    fields: dict[str, Scalar] = {}
    budget: dict[str, Decimal] = {}
    funds: dict[str, dict[str, Decimal]] = {}
    for slot in single_inputs(form):
        group, name = slot.path.group, slot.path.item
        if group == "fields" and chance.random() < max(filled, 0.5):
            fields[name] = _value(slot.item, chance)
        elif group == "budget" and chance.random() < filled:
            budget[name] = Decimal(chance.choice(AMOUNTS))
        elif group == "funds" and chance.random() < filled:
            funds.setdefault(name, {})[slot.path.part] = Decimal(chance.choice(AMOUNTS))
    count = chance.choice((0, 1, 2, 5, 9)) if form.goal_columns else 0
    goals = tuple(_goal(form, chance, filled) for _ in range(count))
    scores = {
        context.row.id: _score(form, context.row.weight, chance)
        for context in form.rows
        if chance.random() < filled
    }
    entered = {row: score for row, score in scores.items() if not score.is_empty}
    rows = tuple(indicator(form, chance) for _ in range(chance.choice((0, 1, 3, 8)) if form.own else 0))
    return Submission(
        form=form.id, fields=fields, goals=goals, budget=budget, funds=funds, scores=entered, indicators=rows
    )


def indicator(form: FormDefinition, chance: Random) -> PerformanceIndicator:
    """A random row of 绩效指标 that the form asks for."""
    kind = chance.choice(tuple(form.indicator_types))
    direction = chance.choice(("≥", "≤", "=", "定性"))
    values: dict[str, object] = {
        "name": clean_text(text(chance).replace("\n", "")[:40]) or "一项指标",
        "direction": direction,
        "weight": Decimal(chance.choice(("5", "2.5", "10"))),
        "score": chance.choice((None, None, Decimal(3))),
        "reason": chance.choice(("", "", text(chance))),
    }
    if form.asks_type:
        values["type"] = kind
    if direction == "定性":
        values |= {"target_text": "制度健全并落实", "degree": chance.choice([d.name for d in form.degrees])}
    else:
        values["unit"] = chance.choice(("个", "%", "万元/公里", "平方米", ""))
        values |= {part: Decimal(chance.choice(AMOUNTS)) for part in ("target", "actual")}
    asked = {part.id for part in table_parts(form, INDICATORS)}
    known = {part: value for part, value in values.items() if part in asked and value not in (None, "")}
    limits = {part.id: part.max_length for part in table_parts(form, INDICATORS)}
    known |= {key: cut(value, limits[key]) for key, value in known.items() if isinstance(value, str)}
    return PerformanceIndicator(**known, group=form.indicator_types[kind])  # type: ignore[arg-type]


def _goal(form: FormDefinition, chance: Random, filled: float) -> Goal:
    values = {
        "goal": text(chance) if chance.random() < 0.9 else "",
        "completion": text(chance) if chance.random() < max(filled, 0.5) else "",
        "reason": chance.choice(("", "", "-", "无", text(chance))),
    }
    return Goal.of({p.id: cut(values.get(p.id, text(chance)), p.max_length) for p in form.goal_columns})


def cut(value: str, length: int | None) -> str:
    """A text no longer than an input may hold."""
    return clean_text(value[:length]) if length else value


def _score(form: FormDefinition, weight: Decimal, chance: Random) -> SelfScore:
    values: dict[str, Decimal | str | None] = {
        "score": chance.choice((None, weight, (weight * chance.randint(0, 20) / 20).normalize() + 0)),
        "reason": chance.choice(("", "-", "—", text(chance))),
        "improvement": chance.choice(("", text(chance))),
        "evidence": chance.choice(("", "会议纪要、文件", text(chance))),
    }
    asked = {part.id: part.max_length for part in form.score_columns}
    known = {
        part: cut(v, asked[part]) if isinstance(v, str) else v for part, v in values.items() if part in asked
    }
    return SelfScore(**known)  # type: ignore[arg-type]


def _value(item: Input, chance: Random) -> Scalar:
    if item.options:
        return chance.choice(item.options)
    if item.kind is ValueKind.YEAR:
        return chance.choice((2021, 2022, 2023))
    if item.kind is ValueKind.COUNT:
        return chance.choice((0, 1, 3, 120))
    if str(item.kind) == "date":
        return "2023-01-05"
    if item.kind.is_number:
        return Decimal(chance.choice(AMOUNTS))
    return clean_text(text(chance).replace("\n", "")[: item.max_length])


def text(chance: Random) -> str:
    """A random text, sometimes so long that page breaks divide it."""
    kind = chance.random()
    if kind < 0.75:
        return chance.choice(TEXTS)
    if kind < 0.98:
        return chance.choice(("", "\n")).join(chance.sample(TEXTS, 3)).strip()
    return chance.choice(("", "\n")).join([LONG] * chance.choice((5, 30, 80)))
