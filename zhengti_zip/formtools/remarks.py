"""Remarks on a definition that works: what would surprise somebody later.

unprinted.py       what is asked for and printed nowhere
contradictions.py  texts that contradict the numbers beside them
narrow.py          columns and cells in which a number is broken over two lines
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from zhengti_zip.form.base import Input
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.formtools.contradictions import contradictions
from zhengti_zip.formtools.narrow import narrow_places
from zhengti_zip.formtools.unprinted import unprinted

DRAFT_MARK = "（起草中）"
"""What ``form new`` puts behind the name of a form it starts."""


_remark = partial(Mistake, level=Level.REMARK)


def remarks(form: FormDefinition) -> list[Mistake]:
    """The remarks on a definition without errors; file and line are not set yet."""
    return [
        *_name(form),
        *unprinted(form),
        *_unscored_outcomes(form),
        *_versions(form),
        *_labels(form),
        *contradictions(form),
        *narrow_places(form),
    ]


def _name(form: FormDefinition) -> Iterator[Mistake]:
    if form.name.endswith(DRAFT_MARK):
        words = f"表的名称仍是“{form.name}”"
        yield _remark("name", words, "写上这张表的正式名称；source 也要改为它的出处")


def _unscored_outcomes(form: FormDefinition) -> Iterator[Mistake]:
    rules = [rule for context in form.rows for rule in context.row.rules]
    used = set(chain.from_iterable(getattr(rule, "groups", ()) for rule in rules))
    for group in form.outcomes.groups:
        if group not in used:
            words = f"没有评分规则使用“{group}”类指标，填了也不计分"
            remedy = "在某条 kind: completion 规则的 groups 中写上它，或从这里删除"
            yield _remark(f"outcomes.groups.{group}", words, remedy)


def _versions(form: FormDefinition) -> Iterator[Mistake]:
    for context, path in rows_of(form):
        starts = [rule.since for rule in context.row.rules]
        if all(since is not None and since > form.year for since in starts):
            words = f"“{context.name}”的规则都在 {form.year} 年以后才适用，现按最早的一版评分"
            yield _remark(f"{path}.rules.0.since", words, f"去掉第一版的 since，或改为不晚于 {form.year}")


def _labels(form: FormDefinition) -> Iterator[Mistake]:
    """Labels that occur twice, are too short or are not Chinese."""
    asked: list[tuple[str, Input]] = [(f"fields.{i}.label", item) for i, item in enumerate(form.fields)]
    asked += [(f"budget.columns.{i}.label", item) for i, item in enumerate(form.budget.columns)]
    paths = {context.row.id: path for context, path in rows_of(form)}
    for context, item in form.data_inputs():
        asked.append((f"{paths[context.row.id]}.rules", item))
    seen: dict[str, Input] = {}
    for path, item in asked:
        if item.label in seen and seen[item.label] is not item:
            words = f"有两项都叫“{item.label}”（{seen[item.label].id} 和 {item.id}），填表人和案例都分不清"
            yield _remark(path, words, "给其中一项换一个说法")
        seen.setdefault(item.label, item)
        if len(item.label.strip()) < 2 or not any("\u4e00" <= char <= "\u9fff" for char in item.label):
            yield _remark(path, f"标签“{item.label}”说不清要填什么", "用中文写明要填的内容")
    names: set[str] = set()
    for context, path in rows_of(form):
        if context.name in names:
            words = f"有两行评分都叫“{context.name}”"
            yield _remark(path, words, "同一指标的各行用 aspect 区分，例如 aspect: 完整性")
        names.add(context.name)
