"""Rules and the data they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from zhengti_zip.base.commands import typed
from zhengti_zip.form.base import Input
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.rules import Rule, rule_kinds
from zhengti_zip.form.rules.indicator_rule import IndicatorRule


def rule_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Parameters, versions and data ids that contradict each other."""
    declared: dict[str, tuple[Input, str]] = {}
    for path, weight, rules, entered in _scored(form):
        yield from _versions(rules, path)
        for number, rule in enumerate(rules):
            here = f"{path}.rules.{number}"
            if not rule.fits(entered=entered):
                words = "由部门填写的行" if entered else "表中固定的行"
                yield Mistake(f"{here}.kind", f"{rule.title}不能用于{words}", _fitting(entered=entered))
                continue
            yield from (mistake.under(here) for mistake in rule.mistakes(weight))
            for item in rule.inputs():
                first = declared.setdefault(item.id, (item, here))
                if _contradicts(item, here, *first):
                    words = f"数据项 {item.id} 已在 {first[1]} 定义，但内容不同"
                    remedy = "同一数据项的标签和 kind 应一致（可用 YAML 锚点引用）；不同的数据项请换 id"
                    yield Mistake(here, words, remedy)
    yield from _groups(form)
    yield from _unasked_data(form)
    yield from _equal(form)


def _scored(form: FormDefinition) -> Iterator[tuple[str, Decimal, tuple[Rule, ...], bool]]:
    """Key path, points and rules of each fixed row and of the entered ones, and whether they are entered."""
    for context, path in rows_of(form):
        yield path, context.row.weight, context.row.rules, False
    if form.own is not None:
        yield "own", form.full_score, form.own.rules, True


def _fitting(*, entered: bool) -> str:
    # A choice fits wherever its options do; without any it fits everywhere.
    blank: dict[str, Any] = {"options": ()}
    kinds = [
        kind for kind, rule in rule_kinds().items() if rule.model_construct(**blank).fits(entered=entered)
    ]
    return f"kind 改为其中之一：{'、'.join(sorted(kinds))}"


def _unasked_data(form: FormDefinition) -> Iterator[Mistake]:
    """Versions that need data which the workbook, made for the form's year, does not ask for."""
    asked = {item.id for _, item in form.data_inputs()}
    for context, path in rows_of(form):
        if any(_versions(context.row.rules, path)):
            continue  # which version is in force cannot be said
        for number, rule in enumerate(context.row.rules):
            for item in rule.inputs():
                if item.id not in asked:
                    words = (
                        f"这一版规则要用“{item.label}”（{item.id}），"
                        f"而 {form.year} 年度的规则不用，工作簿不会问这一项，适用这一版的年度无法评分"
                    )
                    remedy = (
                        "使各版本用同样的数据项；数据项不同的年度另建一张表"
                        f"（zhengti-zip form new 新文件夹 --from {typed(form.folder)} --year 年度），"
                        f"或改表的 year，现为 {form.year}"
                    )
                    yield Mistake(f"{path}.rules.{number}", words, remedy)


def _equal(form: FormDefinition) -> Iterator[Mistake]:
    """Completion rules that read one and the same ``=`` in two ways."""
    for path, _, rules, _ in _scored(form):
        for number, rule in enumerate(rules):
            if isinstance(rule, IndicatorRule) and rule.equal is not form.equal_means:
                words = (
                    f"“=”型指标在这里按 {rule.equal.value} 评分，在前面的规则中按 {form.equal_means.value}"
                )
                remedy = f"各条 kind: completion 的 equal 应相同：都写 {form.equal_means.value}，或都写 {rule.equal.value}"
                yield Mistake(f"{path}.rules.{number}.equal", words, remedy)


def _contradicts(item: Input, here: str, first: Input, there: str) -> bool:
    """Whether an id means two things; versions of one rule may differ in their words."""
    same_rule = here.rpartition(".")[0] == there.rpartition(".")[0]
    return first.kind is not item.kind or (first.label != item.label and not same_rule)


def _versions(rules: tuple[Rule, ...], path: str) -> Iterator[Mistake]:
    starts = [rule.since or 0 for rule in rules]
    for number, (earlier, later) in enumerate(pairwise(starts), start=1):
        if later <= earlier:
            words = "各版本应按 since 由早到晚排列，且不能相同"
            remedy = "写上这一版开始适用的年度，例如 since: 2023，早的写在前面"
            yield Mistake(f"{path}.rules.{number}.since", words, remedy)


def _groups(form: FormDefinition) -> Iterator[Mistake]:
    known = form.outcomes.groups
    for context, path in rows_of(form):
        for number, rule in enumerate(context.row.rules):
            for group in getattr(rule, "groups", ()):
                if group not in known:
                    remedy = f"改为 outcomes.groups 中已有的：{'、'.join(known)}；或在那里补上"
                    yield Mistake(f"{path}.rules.{number}.groups", f"没有名为“{group}”的指标类型", remedy)
