"""The list of evidence: every piece has its name, and proves an indicator of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengti_zip.form.tree import level_paths
from zhengti_zip.scoring.checks.subject import Subject
from zhengti_zip.scoring.checks.words import same_key
from zhengti_zip.submission.inputs import evidence_parts, row_label, row_name, sheet_title
from zhengti_zip.submission.paths import EVIDENCE, INDICATORS, InputPath
from zhengti_zip.submission.problems import Problem

_BETWEEN = re.compile(r"[、；;\n]+")
"""What stands between the names of several indicators."""

UNMATCHED = "evidence_unmatched"


def check_evidence(subject: Subject) -> Iterator[Problem]:
    """Required parts are there, and the named indicators are among those of the form."""
    parts = evidence_parts(subject.form)
    known = _names(subject) if any(part.id == "indicator" for part in parts) else frozenset()
    for number, piece in enumerate(subject.submission.evidence):
        for part in parts:
            if part.required and piece.part(part.id) is None:
                label = row_label(EVIDENCE, number, part)
                remedy = f"请填写这一份的{part.label}；整份不要的，请删除同一行的其他内容"
                yield from subject.missing(InputPath.cell(EVIDENCE, number, part.id), label, remedy)
        strange = _unknown(piece.indicator, known)
        if known and strange:
            label = next(part.label for part in parts if part.id == "indicator")
            yield from subject.report(
                UNMATCHED,
                f"{row_name(EVIDENCE, number)}佐证材料的“{label}”写的“{strange[0].strip()}”不是本表的指标",
                f"请写本表中指标的名称；不对应某一项指标的，“{label}”留空",
                InputPath.cell(EVIDENCE, number, "indicator"),
                piece.indicator,
            )


def _unknown(text: str, known: frozenset[str]) -> list[str]:
    """The names in a text that are not known; a name may itself hold a mark that stands between names."""
    if same_key(text) in known:
        return []
    return [name for name in _BETWEEN.split(text) if name.strip() and same_key(name) not in known]


def _names(subject: Subject) -> frozenset[str]:
    """The names of all levels, indicators and rows; empty where those entered could not be read."""
    form = subject.form
    if any(path.group == INDICATORS for path in subject.unread):
        return frozenset()
    names = [level.name for path in level_paths(form.indicators) for level in path]
    names += [name for context in form.rows for name in (context.name, context.indicator.name)]
    names += [indicator.name for indicator in subject.submission.indicators]
    names.append(sheet_title(form, INDICATORS))
    return frozenset(map(same_key, names)) - {""}
