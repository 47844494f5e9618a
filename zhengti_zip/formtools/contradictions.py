"""Texts that contradict the numbers beside them: ``优（95分以上）`` with ``at_least: 90``, last year in a title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from zhengti_zip.base.numbers import plain
from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Level as Severity
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.print_blocks import GridBlock
from zhengti_zip.form.rules.checklist import Checklist
from zhengti_zip.form.tree import Level
from zhengti_zip.submission.paths import InputPath

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[）)]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_TOTAL = re.compile(r"总分|总得分|合计|总计|满分")

NEARLY = tuple(map(Decimal, ("0", "1", "0.1", "0.01")))
"""How far below a limit a text may end a band: 80—89分, 80—89.99分."""

_remark = partial(Mistake, level=Severity.REMARK)


def contradictions(form: FormDefinition) -> Iterator[Mistake]:
    """Texts with a number that is not the one declared; file and line are not set."""
    yield from _grades(form)
    for number, level in enumerate(form.indicators):
        yield from _levels(level, f"indicators.{number}")
    for context, path in rows_of(form):
        for number, rule in enumerate(context.row.rules):
            for n, point in enumerate(rule.points if isinstance(rule, Checklist) else ()):
                yield from _points(point.label, point.points, f"{path}.rules.{number}.points.{n}.label")
    for number, block in enumerate(form.layout.blocks):
        for name, cell in block.cells.items() if isinstance(block, GridBlock) else ():
            if _TOTAL.search(cell.text):
                yield from _points(cell.text, form.full_score, f"layout.blocks.{number}.cells.{name}")
    yield from _years(form)


def _grades(form: FormDefinition) -> Iterator[Mistake]:
    above = form.full_score
    for i, line in enumerate(form.grade.lines):
        for j, band in enumerate(line):
            fitting = {band.at_least, form.full_score, *(above - less for less in NEARLY)}
            numbers = [Decimal(number) for number in _NUMBER.findall(band.text)]
            if wrong := [number for number in numbers if number not in fitting]:
                limits = f"{plain(band.at_least)} 分起" + (
                    f"，不到 {plain(above)} 分" if (i, j) != (0, 0) else ""
                )
                words = f"“{band.text}”写的是 {plain(wrong[0])}，而这一档从 {limits}"
                yield _remark(f"grade.lines.{i}.{j}.text", words, "改 text，或改 at_least")
            above = band.at_least


def _levels(level: Level, path: str) -> Iterator[Mistake]:
    if level.weight is not None:
        yield from _points(level.name, level.weight, f"{path}.name")
    for j, group in enumerate(level.groups):
        yield from _levels(group, f"{path}.groups.{j}")
    for k, indicator in enumerate(level.indicators):
        weight = sum((row.weight for row in indicator.rows), Decimal(0))
        yield from _points(indicator.name, weight, f"{path}.indicators.{k}.name")


def _points(text: str, weight: Decimal, path: str) -> Iterator[Mistake]:
    """``规划（15分）`` with another weight."""
    for found in _POINTS.findall(text):
        if Decimal(found) != weight:
            words = f"“{text}”写的是 {found} 分，而分值是 {plain(weight)} 分"
            yield _remark(path, words, f"改为“{text.replace(found, plain(weight))}”，或改分值")


def _years(form: FormDefinition) -> Iterator[Mistake]:
    """Another year than the form's in its name and title, as ``form new`` may have left it."""
    texts = {"name": form.name} | {f"title.{i}": line for i, line in enumerate(form.title)}
    for path, text in texts.items():
        for year in _YEAR.findall(text):
            if int(year) != form.year:
                words = f"“{text}”写的是 {year} 年，而表的 year 是 {form.year}"
                remedy = f"改为“{text.replace(year, str(form.year))}”，或改 year"
                if path != "name":
                    remedy += f"；各年通用的写 {{{InputPath.field(form.roles.year).item}}}年"
                yield _remark(path, words, remedy)
