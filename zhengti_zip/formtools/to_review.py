"""What the author of a form for another year has to look at: what still speaks of the old year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.form.consistency.tree import rows_of
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import FORM_FILE
from zhengti_zip.form.yamlfile import read_yaml
from zhengti_zip.formtools.casefile import CASES_FILE

_DOCUMENT = re.compile(r"[〔\[（(]\s*20\d\d\s*[〕\]）)]\s*\d*\s*号?")
"""The year in the number of a regulation, which is the regulation's own."""


@dataclass(frozen=True, slots=True)
class ToReview:
    """One line to look at.

    Attributes:
        file, line: where it stands; the line counts from 1.
        words: what to look at, in Chinese.
    """

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行  {self.words}"


def to_review(folder: Path, text: str, old: FormDefinition, year: int | None) -> Iterator[ToReview]:
    """What to look at in a new form.

    Args:
        folder: the new form's folder.
        text: its definition.
        old: the form it was made from.
        year: its year; None where it kept the old one.
    """
    lines = read_yaml(folder / FORM_FILE)
    yield ToReview(FORM_FILE, lines.line_of("source"), "source 是原表的出处，改为这张表的出处")
    if year is None:
        words = f"year 仍是 {old.year}；是别的年度的表，改为那一年，名称和标题中的年份也要改"
        yield ToReview(FORM_FILE, lines.line_of("year"), words)
        return
    for context, path in rows_of(old):
        for number, rule in enumerate(context.row.rules):
            if rule.since is not None:
                yield _dated(
                    context.name, rule.since, lines.line_of(f"{path}.rules.{number}.since"), old.year, year
                )
    for number, rule in enumerate(old.own.rules if old.own else ()):
        if rule.since is not None:
            yield _dated(
                "由部门填写的各行", rule.since, lines.line_of(f"own.rules.{number}.since"), old.year, year
            )
    mention = re.compile(rf"(?<![\d-]){old.year}(?!\d)")
    cases = folder / CASES_FILE
    for name, content in (
        (FORM_FILE, text),
        (CASES_FILE, cases.read_text(encoding="utf-8-sig") if cases.exists() else ""),
    ):
        for number, line in enumerate(content.splitlines(), start=1):
            if (
                mention.search(_DOCUMENT.sub("", line))
                and "since:" not in line
                and not line.startswith("source:")
            ):
                yield ToReview(name, number, f"仍写着 {old.year}：{line.strip()}")


def _dated(name: str, since: int, line: int, old: int, new: int) -> ToReview:
    if since > new:
        words = f"{since} 年度起的规则，{new} 年度还不适用"
    elif since > old:
        words = f"{since} 年度起的规则，{new} 年度开始适用"
    else:
        words = f"{since} 年度起的规则，仍然适用；以前的版本不再需要的可以删除"
    return ToReview(FORM_FILE, line, f"“{name}”：{words}")
