"""What a report can say: the values, texts and scores of one input, ready for the template.

A template can use everything here that has no underscore. So nothing of it leads to more than texts: a form, for
instance, knows its folder, and with that a template could write files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengti_zip.base.answers import no_answer
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.base import Input, ValueKind
from zhengti_zip.form.print_columns import TableColumn
from zhengti_zip.grid.content import Entry
from zhengti_zip.grid.entered_rows import indicator_part
from zhengti_zip.grid.examine import Examination
from zhengti_zip.reporting.figures import Figures
from zhengti_zip.reporting.money_tables import money_tables, units_table
from zhengti_zip.reporting.pieces import GoalText, MoneyTable, Named, OutcomeText, ScoredText
from zhengti_zip.scoring.evaluation import RowResult
from zhengti_zip.submission.paths import FIELDS, InputPath
from zhengti_zip.submission.rows import row_title

LONG = 60
"""A field whose text may be longer than this is a statement, not a fact."""

_MEASURED = TableColumn(head="目标", chars=1, sign=True, unit=True)


class Material:
    """What the template of a report may use; every value is a text, "" where nothing was entered.

    Attributes:
        title: lines of the title.
        figures: values by path, see :class:`Figures`.
    """

    def __init__(self, examined: Examination) -> None:
        self._entry = Entry(examined.source.form, examined.source.submission, examined.evaluation)
        self._form = self._entry.form
        self.figures = Figures(examined)
        self.title = _title(examined.table.title)

    @property
    def department(self) -> str:
        """The department."""
        return self.figures.text(InputPath.field(self._form.roles.department))

    @property
    def facts(self) -> list[Named]:
        """The short fields that were filled in, in the order of the form."""
        return [field for field in self._fields() if field.text and not self._is_long(field)]

    @property
    def statements(self) -> list[Named]:
        """The fields with room for a long text, filled in or not, but for the reasons of lost points."""
        reason = self._form.roles.reason
        return [field for field in self._fields() if self._is_long(field) and field.id != reason]

    @property
    def empty(self) -> list[str]:
        """What the short fields are called that were left empty."""
        return [field.name for field in self._fields() if not field.text and not self._is_long(field)]

    def _fields(self) -> Iterator[Named]:
        for item in self._form.fields:
            text = self.figures.text(InputPath.field(item.id))
            yield Named(item.id, item.label, text + (item.unit if text else ""))

    def _is_long(self, field: Named) -> bool:
        item = self._form.field_by_id[field.id]
        names = (self._form.roles.department, self._form.roles.name)
        is_name = item.id in names or item.label.endswith(("名称", "部门", "单位"))
        return item.kind is ValueKind.TEXT and not is_name and (item.max_length or LONG + 1) > LONG

    @property
    def units(self) -> MoneyTable | None:
        """The table of units; None where there are none."""
        return units_table(self._entry)

    @property
    def has_goals(self) -> bool:
        """Whether the form asks for goals."""
        return bool(self._form.goal_columns)

    @property
    def goals(self) -> list[GoalText]:
        """The goals in order."""
        return [
            GoalText(_said(goal.goal), _said(goal.completion), _said(goal.reason))
            for goal in self._entry.submission.goals
        ]

    @property
    def money(self) -> list[MoneyTable]:
        """The tables of amounts: the budget block, the table of money, amounts asked for the scores."""
        return money_tables(self._entry, self.figures)

    @property
    def rates(self) -> list[Named]:
        """The derived values that could be worked out."""
        named = [Named(item.id, item.label, self.figures.text(item.path)) for item in self._form.derived]
        return [item for item in named if item.text]

    @property
    def rows(self) -> list[ScoredText]:
        """The scored rows in printed order."""
        return [self._row(result) for result in self._entry.evaluation.rows]

    @property
    def has_full_marks(self) -> bool:
        """Whether every row has its full points."""
        return all(result.score == result.weight for result in self._entry.evaluation.rows)

    def _row(self, result: RowResult) -> ScoredText:
        context, entry = result.context, result.entry
        entered = context.number
        columns = self._form.own_columns if context.is_entered else self._form.score_columns
        target, actual = ("", "") if entered is None else self._measured(entered)
        return ScoredText(
            context.levels[-1].name,
            row_title(context),
            plain(result.weight),
            "没有得分" if result.score is None else plain(result.score),
            target,
            actual,
            _said(entry.reason),
            _said(entry.improvement),
            result.is_below_weight,
            *(any(column.id == part for column in columns) for part in ("reason", "improvement")),
        )

    def _measured(self, number: int) -> tuple[str, str]:
        """Target and actual value of a performance indicator, with direction and unit."""
        target, actual = (
            "\n".join(paragraph.text for paragraph in indicator_part(self._entry, number, part, _MEASURED))
            for part in ("target", "actual")
        )
        return target, actual

    @property
    def has_own_rows(self) -> bool:
        """Whether the department enters scored rows with targets itself."""
        return self._form.own is not None

    @property
    def score_rows(self) -> list[tuple[str, ...]]:
        """The scored rows for a table: level, name, target and actual value where the form has them, weight, score."""
        return [
            (
                row.level,
                row.name,
                *((row.target, row.actual) if self.has_own_rows else ()),
                row.weight,
                row.score,
            )
            for row in self.rows
        ]

    @property
    def outcome_rows(self) -> list[tuple[str, ...]]:
        """The performance indicators for a table: type, name, target and actual value."""
        return [(row.type, row.name, row.target, row.actual) for row in self.outcomes]

    @property
    def outcomes(self) -> list[OutcomeText]:
        """The performance indicators of a form whose scored rows are fixed."""
        if self._form.own is not None:
            return []
        rows = self._entry.submission.indicators
        return [
            OutcomeText(row.type, row.name, *self._measured(number), _said(row.reason))
            for number, row in enumerate(rows)
        ]

    @property
    def total(self) -> str:
        """The total in points; "" for none."""
        return self.figures.text(InputPath.total("score"))

    @property
    def full_score(self) -> str:
        """The points a form can earn."""
        return plain(self._form.full_score)

    @property
    def grade(self) -> str:
        """The grade as the form prints it; "" for none."""
        grade = self._entry.evaluation.grade
        return grade.name if grade else ""

    @property
    def cap(self) -> str:
        """How the form's limit lowered the total; "" where it did not."""
        return self._entry.evaluation.cap_applied

    @property
    def common_reason(self) -> Named | None:
        """The one text for all rows that lost points; None in a form without one."""
        field = self._form.roles.reason
        return next((item for item in self._fields() if item.id == field), None) if field else None

    @property
    def asks_reason(self) -> bool:
        """Whether the form asks beside a row why points were lost."""
        return self._asks("reason")

    @property
    def asks_improvement(self) -> bool:
        """Whether the form asks beside a row what will be done."""
        return self._asks("improvement")

    def _asks(self, part: str) -> bool:
        columns: Sequence[Input] = (*self._form.score_columns, *self._form.own_columns)
        return any(column.id == part for column in columns)

    def field(self, field_id: str) -> str:
        """A basic field as a text."""
        return self.figures.text(f"{FIELDS}.{field_id}")


def _said(text: str) -> str:
    """An entered text; "" where it says nothing."""
    return "" if no_answer(text) else text


def _title(lines: Sequence[str]) -> tuple[str, ...]:
    """The printed title, of a report instead of a form."""
    return tuple(line.removesuffix("表") + "报告" if line.endswith("表") else line for line in lines)
