"""What a reader of a trend must know: what could not be compared, and why, in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.amounts import amounts_asked
from zhengti_zip.batch.trend.figures import TrendFigures
from zhengti_zip.scoring.items import scored_items

MAX_NAMED = 20
"""Most departments or items that a note names."""


def notes_on(figures: TrendFigures) -> list[str]:
    """All notes, in the order of importance."""
    joined = (f"{words}。" for words in figures.found.joined)
    return [
        *_years(figures),
        *_forms(figures),
        *_single(figures),
        *joined,
        *_several_scopes(figures),
        *_files(figures),
    ]


def _years(figures: TrendFigures) -> Iterator[str]:
    years = figures.years
    if len(years) == 1:
        yield f"只有 {years[0]} 一个年度的文件，没有可以比较的年度。"
    for before, now in pairwise(years):
        if now - before > 1:
            yield f"没有 {before} 与 {now} 年度之间的文件，{now} 年度与 {before} 年度相比。"
    for year, count in zip(years, figures.counts, strict=True):
        names = "、".join(f"{form.name}（{form.id}）" for form in figures.forms_of(year))
        yield f"{year} 年度计入 {count} 份，所用的表：{names}。"


def _forms(figures: TrendFigures) -> Iterator[str]:
    forms = figures.used_forms
    if len(forms) < 2:
        return
    yield (
        "各文件不是同一张表：总分按占满分的百分比（得分率）比较；金额和指标只比较各表共有的，"
        "某年度的表没有的，该年度为空。"
    )
    fulls = {plain(form.full_score) for form in forms}
    if len(fulls) > 1:
        yield f"各表满分不同（{'、'.join(sorted(fulls))} 分），总分不能直接比较，请看得分率。"
    asked = [amounts_asked(form) for form in forms]
    for key, label in figures.amount_labels.items():
        others = {labels[key] for labels in asked if key in labels} - {label}
        if others:
            yield f"金额“{label}”在有的表中称为“{'”“'.join(sorted(others))}”，作为同一项比较。"
    partial = [
        label
        for key, label in figures.amount_labels.items()
        if any(labels and key not in labels for labels in asked)
    ]
    if partial:
        yield f"以下金额不是每张表都有：{_named(partial)}。"
    if any(not labels for labels in asked):
        names = [form.name for form, labels in zip(forms, asked, strict=True) if not labels]
        yield f"以下的表不填写金额：{_named(names)}。"
    items = [{(item.key, item.name) for item in scored_items(form)} for form in forms]
    alone = list(
        dict.fromkeys(name for own in items for key, name in own if not all((key, name) in o for o in items))
    )
    if alone:
        yield f"以下指标不是每张表都有：{_named(sorted(alone))}。"


def _single(figures: TrendFigures) -> Iterator[str]:
    if len(figures.years) < 2:
        return
    alone = [series for series in figures.series if len(series.by_year) == 1]
    if any(len(series.by_year) < len(figures.years) for series in figures.series):
        yield "各年度计入的部门（项目）不全相同：合计和平均按当年计入的计算，不能直接相减；金额的增减只比两个年度都有的。"
    if alone:
        named = [f"{series.name} {next(iter(series.by_year))} 年度" for series in alone]
        yield f"以下 {len(alone)} 个部门（项目）只有一个年度，没有增减：{_named(named)}。"


def _several_scopes(figures: TrendFigures) -> Iterator[str]:
    """Departments that hand in more than one form a year: their sums overlap, unless each is about a project."""
    counted = Counter(
        series.department
        for series in figures.series
        if not any(figures.forms[result.form].roles.name for result in series.by_year.values())
    )
    several = [name for name, count in counted.items() if count > 1]
    if several:
        yield f"以下部门按不同的填报范围各有一份，合计和平均都计入，金额会重复计算：{_named(several)}。"


def _files(figures: TrendFigures) -> Iterator[str]:
    if figures.left_out:
        yield f"有 {len(figures.left_out)} 个文件没有计入。"


def _named(names: list[str]) -> str:
    return "、".join(names[:MAX_NAMED]) + (f" 等 {len(names)} 个" if len(names) > MAX_NAMED else "")
