"""Rules and the data they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhengti_zip.form.base import Input
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition, RowContext
from zhengti_zip.form.mistakes import Mistake


def rule_mistakes(form: FormDefinition) -> Iterator[Mistake]:
    """Parameters, versions and data ids that contradict each other."""
    declared: dict[str, tuple[Input, str]] = {}
    for context, path in rows_of(form):
        yield from _versions(context, path)
        for number, rule in enumerate(context.row.rules):
            here = f"{path}.rules.{number}"
            yield from (mistake.under(here) for mistake in rule.mistakes(context.row.weight))
            for item in rule.inputs():
                first = declared.setdefault(item.id, (item, here))
                if _contradicts(item, here, *first):
                    words = f"数据项 {item.id} 已在 {first[1]} 定义，但内容不同"
                    remedy = "同一数据项的标签和 kind 应一致（可用 YAML 锚点引用）；不同的数据项请换 id"
                    yield Mistake(here, words, remedy)
    yield from _groups(form)


def _contradicts(item: Input, here: str, first: Input, there: str) -> bool:
    """Whether an id means two things; versions of one rule may differ in their words."""
    same_rule = here.rpartition(".")[0] == there.rpartition(".")[0]
    return first.kind is not item.kind or (first.label != item.label and not same_rule)


def _versions(context: RowContext, path: str) -> Iterator[Mistake]:
    starts = [rule.since or 0 for rule in context.row.rules]
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
