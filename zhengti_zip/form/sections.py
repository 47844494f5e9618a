"""The sections of a form definition, each the model of one key of ``form.yaml``."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from zhengti_zip.form.base import Ident, Label, Part, Points
from zhengti_zip.form.columns import EVIDENCE_COLUMNS, GOAL_COLUMNS, SCORE_COLUMNS, Column, ColumnSpec
from zhengti_zip.form.rules import RuleSpec

SheetTitle = Annotated[str, StringConstraints(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\']+$")]
"""The title of a sheet, as office programs accept it."""

EVERY_SCORE_PART = tuple(Column(id=column.id) for column in SCORE_COLUMNS)


class Roles(Part):
    """Which fields play a part the program must know, by field id.

    Attributes:
        name: what the form is about where it is not the department alone, e.g. the name of a project.
        reason: one text for the reasons of all rows that lost points.
    """

    year: Ident
    department: Ident
    unit_count: Ident | None = None
    name: Ident | None = None
    reason: Ident | None = None


class GoalTable(Part):
    """The table of goals a department fills.

    Attributes:
        columns: its columns; at least the goal itself.
        title: its heading.
    """

    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)]
    title: Label = "年度整体绩效目标"


EVERY_GOAL_COLUMN = GoalTable(columns=tuple(Column(id=column.id) for column in GOAL_COLUMNS))
NO_GOALS = GoalTable.model_construct(columns=(), title="")


class EvidenceList(Part):
    """The list of evidence (佐证材料) a department hands in with the form.

    Attributes:
        columns: what is asked for each piece; at least its name.
        title: its heading on its sheet.
    """

    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)] = tuple(
        Column(id=column.id) for column in EVIDENCE_COLUMNS
    )
    title: Label = "佐证材料清单"


NO_EVIDENCE = EvidenceList.model_construct(columns=(), title="")


class OwnRows(Part):
    """The rows a department enters itself, which are printed and scored.

    Attributes:
        title: what they are called; also the title of their sheet.
        columns: what is asked for in each row; ``name`` and ``weight`` at least.
        rules: dated versions of the rule that scores each row, oldest first.
    """

    title: Annotated[str, StringConstraints(min_length=1, max_length=31)] = "绩效指标"
    columns: Annotated[tuple[ColumnSpec, ...], Field(min_length=1)]
    rules: Annotated[tuple[RuleSpec, ...], Field(min_length=1)]


def goals_of(value: Any) -> Any:
    """The table of goals as written: ``none`` stands for no table."""
    return NO_GOALS if value in ("none", None) else value


class SheetWords(Part):
    """The titles of the workbook's sheets, where a form has words of its own."""

    guide: SheetTitle = "填报说明"
    fields: SheetTitle = "基本情况"
    goals: SheetTitle = "年度目标"
    budget: SheetTitle = "部门预算"
    scores: SheetTitle = "指标自评"
    data: SheetTitle = "评分数据"
    indicators: SheetTitle = "绩效指标"
    units: SheetTitle = "单位明细"
    evidence: SheetTitle = "佐证材料"
    check: SheetTitle = "检查"


class GradeBand(Part):
    """One grade: reached when the total is at least ``at_least``."""

    name: Label
    at_least: Points
    text: Label


class Grade(Part):
    """The grade bands, best first, in the lines they are printed on."""

    lines: Annotated[tuple[Annotated[tuple[GradeBand, ...], Field(min_length=1)], ...], Field(min_length=1)]

    @property
    def bands(self) -> tuple[GradeBand, ...]:
        """All bands, best first."""
        return tuple(band for line in self.lines for band in line)


NO_GRADE = Grade.model_construct(lines=())
"""The grade of a form without grades."""


class OutcomeTypes(Part):
    """Types of performance indicator: first-level group → second-level types (empty when it has none)."""

    groups: dict[Label, tuple[Label, ...]]

    @cached_property
    def by_name(self) -> dict[str, str]:
        """What the clerk picks → its group, e.g. ``产出-数量`` → 产出."""
        return {
            (f"{group}-{kind}" if kind else group): group
            for group, kinds in self.groups.items()
            for kind in (kinds or ("",))
        }


class Instructions(Part):
    """The words of the 填报说明 sheet."""

    purpose: Label
    steps: Annotated[tuple[Label, ...], Field(min_length=1)]
    notes: tuple[Label, ...] = ()


NO_OUTCOMES = OutcomeTypes(groups={})
