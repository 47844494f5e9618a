"""Columns a form chooses: those the program knows, under the form's own words, and new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from zhengti_zip.form.base import Ident, Input, Label, Part, ValueKind


class Column(Part):
    """One column of a table, or one part asked for beside a scored row.

    Written as an id the program knows, or as a mapping: what is left out of it is taken from the column
    the program knows by that id. A new column needs a label.

    Attributes:
        id: id of the column.
        label, kind, unit, help, choices, required, max_length: as in an input; None keeps what is known.
    """

    id: Ident
    label: Label | None = None
    kind: ValueKind | None = None
    unit: str | None = None
    help: str | None = None
    choices: tuple[Label, ...] | None = None
    required: bool | None = None
    max_length: Annotated[int, Field(gt=0, le=32767)] | None = None

    def as_input(self, known: Input | None) -> Input:
        """What the column asks for; ``known`` is the column the program has by that id."""
        given = {key: value for key, value in self.model_dump().items() if value is not None}
        if known is not None:
            return known.model_copy(update=given)
        return Input.model_construct(**{"label": self.id, "required": False, **given})


def _from_id(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


ColumnSpec = Annotated[Column, BeforeValidator(_from_id)]

GOAL_COLUMNS = (
    Input(id="goal", label="绩效目标", help="一行一条，不必编号"),
    Input(id="completion", label="完成情况", help="与左边的目标对应；可用 Alt+Enter 分段"),
    Input(id="reason", label="未能完成原因", required=False, help="已完成的留空"),
)
"""The columns of 年度目标 the program knows."""

SCORE_COLUMNS = (
    Input(id="score", label="自评分", kind=ValueKind.POINTS, unit="分", required=False),
    Input(id="reason", label="未达标原因", required=False),
    Input(id="improvement", label="改进措施", required=False),
    Input(id="evidence", label="佐证材料", required=False),
)
"""What can be asked beside a scored row."""

OUTCOME_COLUMNS = (
    Input(id="type", label="指标类型", kind=ValueKind.CHOICE),
    Input(id="name", label="指标名称"),
    Input(id="direction", label="目标方向", kind=ValueKind.CHOICE),
    Input(id="target", label="目标值", kind=ValueKind.NUMBER, required=False, help="只填数字，单位填在右边"),
    Input(id="target_text", label="定性目标", required=False, help="目标方向为“定性”时填写"),
    Input(id="unit", label="计量单位", required=False, help="例如 个、%、天"),
    Input(id="actual", label="实际完成值", kind=ValueKind.NUMBER, required=False, help="只填数字"),
    Input(
        id="degree",
        label="达成程度",
        kind=ValueKind.CHOICE,
        required=False,
        help="目标方向为“定性”时选择",
    ),
    Input(
        id="degree_percent",
        label="定性完成率",
        kind=ValueKind.NUMBER,
        unit="%",
        required=False,
    ),
    Input(
        id="weight",
        label="权重",
        kind=ValueKind.NUMBER,
        required=False,
        help="全部留空表示各指标权重相等",
    ),
    Input(id="reason", label="偏差原因", required=False),
)
"""The columns of 绩效指标 of a form with fixed rows (``outcomes``), whose rules average the entered ones."""

ENTERED_COLUMNS = (
    *(column for column in OUTCOME_COLUMNS if column.id not in ("weight", "reason")),
    Input(
        id="weight",
        label="分值",
        kind=ValueKind.POINTS,
        unit="分",
        help="本表各项分值之和应等于所在类别的分值",
    ),
    Input(
        id="score",
        label="自评得分",
        kind=ValueKind.POINTS,
        unit="分",
        required=False,
        help="可不填，由程序按完成情况计算；填了以所填为准",
    ),
    Input(
        id="reason", label="偏差原因分析及改进措施", required=False, help="未达到目标的，说明原因和改进措施"
    ),
    Input(id="improvement", label="改进措施", required=False),
    Input(id="evidence", label="佐证材料", required=False),
)
"""The columns of 绩效指标 where the entered rows are themselves scored and printed (``own``)."""


EVIDENCE_COLUMNS = (
    Input(id="name", label="材料名称", help="一行一份，不必编号"),
    Input(id="indicator", label="对应指标", required=False, help="它证明哪一项指标，写指标名称"),
    Input(id="file", label="文号或文件名", required=False),
    Input(id="date", label="日期", kind=ValueKind.DATE, required=False),
)
"""The columns of the list of evidence the program knows."""


def resolved(columns: Sequence[Column], known: Sequence[Input]) -> tuple[Input, ...]:
    """What a list of columns asks for, in its order."""
    by_id = {item.id: item for item in known}
    return tuple(column.as_input(by_id.get(column.id)) for column in columns)
