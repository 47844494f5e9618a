"""Tables for a terminal: problems, scores, texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zhengti_zip.base.excerpts import shortened
from zhengti_zip.cli.streams import printable
from zhengti_zip.cli.wrapping import cells, wrap
from zhengti_zip.submission.problems import Problem, Severity

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, Group
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.scoring.evaluation import Evaluation

WHOLE_FILE, NO_SHEET = "整个文件", "填报数据"
SHORT = 40
"""Characters of a changed text up to which it is shown whole."""
MAX_CELL = 300
"""Characters of a changed text that a table shows; ``--json`` has them all."""
MAX_LISTED = 1000
"""Most problems in a table."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}

# Hyphens, because the box characters of rich are two cells wide on a Chinese Windows console.
_RULED = "    \n    \n -- \n    \n    \n    \n    \n    \n"


def problem_tables(problems: Sequence[Problem]) -> Group:
    """One table per sheet, in the order of ``problems``, and a line of counts."""
    from rich.console import Group

    parts: list[Text | Table] = []
    for sheet, members in _by_sheet(problems[:MAX_LISTED]).items():
        parts += [_text(f"【{sheet}】", "bold"), _problem_table(members), _text("")]
    rest = len(problems) - MAX_LISTED
    more = f"以上列出前 {MAX_LISTED} 处，另有 {rest} 处；check 命令加上 --json 列出全部。" if rest > 0 else ""
    return Group(*parts, _text(f"共 {counts(problems)}。{more}"))


def counts(problems: Iterable[Problem]) -> str:
    """Counts per severity without zeros, e.g. ``2 处错误、1 处警告``."""
    found = Counter(problem.severity for problem in problems)
    return "、".join(f"{found[severity]} 处{severity.label}" for severity in Severity if found[severity])


def score_table(evaluation: Evaluation) -> Table:
    """One line per scored row."""
    from zhengti_zip.base.numbers import plain

    table = _table()
    table.add_column("指标")
    table.add_column("分值", justify="right", no_wrap=True)
    table.add_column("得分", justify="right", no_wrap=True)
    table.add_column("来源", no_wrap=True)
    table.add_column("计算过程")
    for row in evaluation.rows:
        score = "—" if row.score is None else plain(row.score)
        colour = "" if row.is_valid else "red"
        table.add_row(
            _Words(row.context.name),
            _text(plain(row.weight)),
            _text(score, colour),
            _text(row.origin.label),
            _Words(row.working),
        )
    return table


def text_table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> Table:
    """A table of texts; columns whose index is in ``numbers`` are right-aligned and not wrapped."""
    table = _table()
    for index, head in enumerate(heads):
        if index in numbers:
            table.add_column(head, justify="right", no_wrap=True)
        else:
            table.add_column(head)
    for row in rows:
        table.add_row(*(_text(cell) if i in numbers else _Words(cell) for i, cell in enumerate(row)))
    return table


def changed_parts(before: str, after: str) -> tuple[str, str]:
    """Two wordings side by side: short ones whole, of long ones what differs and a few characters around it."""
    from zhengti_zip.base.textdiff import excerpt

    if before and after and max(len(before), len(after)) > SHORT:
        before, after = excerpt(before, after)
    return cut(before), cut(after)


def cut(text: str) -> str:
    """A text as far as a cell of a table shows it."""
    return shortened(text, MAX_CELL)


def result_line(evaluation: Evaluation, form: FormDefinition) -> str:
    """Total and grade in one sentence."""
    from zhengti_zip.base.numbers import plain

    if evaluation.total is None:
        return "总分：尚不能确定（有的指标没有有效得分，或分值合计不等于满分）"
    words = f"总分：{plain(evaluation.total)} 分（满分 {plain(form.full_score)} 分）"
    grade = f"，等级：{evaluation.grade.name}" if evaluation.grade else ""
    return words + grade + (f"。{evaluation.cap_applied}" if evaluation.cap_applied else "")


def score_change(before: Evaluation, after: Evaluation) -> str:
    """Total and grade before and after, in one sentence."""
    from zhengti_zip.base.numbers import plain

    unknown = "尚不能确定"
    totals = [unknown if each.total is None else f"{plain(each.total)} 分" for each in (before, after)]
    changes = {"总分": totals}
    if before.grade or after.grade:
        changes["等级"] = [unknown if each.grade is None else each.grade.name for each in (before, after)]
    return "；".join(
        f"{name}：{old}（不变）" if old == new else f"{name}：{old} → {new}"
        for name, (old, new) in changes.items()
    )


def _by_sheet(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        place = problem.place
        sheet = WHOLE_FILE if place is None else place.sheet or NO_SHEET
        groups.setdefault(sheet, []).append(problem)
    return groups


def _problem_table(problems: list[Problem]) -> Table:
    table = _table()
    in_workbook = any(problem.place and problem.place.sheet for problem in problems)
    table.add_column("单元格" if in_workbook else "位置", no_wrap=in_workbook)
    table.add_column("程度", no_wrap=True)
    table.add_column("项目")
    table.add_column("问题")
    table.add_column("处理办法")
    for problem in problems:
        table.add_row(
            _Words(problem.place.cell if problem.place else ""),
            _text(problem.severity.label, COLOURS[problem.severity]),
            *(_Words(words) for words in (problem.field, problem.message, problem.remedy)),
        )
    return table


def _table() -> Table:
    from rich.box import Box
    from rich.table import Table

    return Table(box=Box(_RULED, ascii=True), header_style="bold", pad_edge=False, show_edge=False)


def _text(words: str, style: str = "") -> Text:
    """A literal text: no markup, no control characters, one line."""
    from rich.text import Text

    return Text(printable(words).replace("\n", " "), style=style, overflow="fold")


class _Words:
    """A cell wrapped by the rules of Chinese text; rich breaks at spaces, or before punctuation."""

    NARROWEST = 16

    def __init__(self, words: str) -> None:
        self.words = _text(words).plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        yield Text("\n".join(wrap(self.words, options.max_width)), overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.measure import Measurement

        width = cells(self.words)
        return Measurement(min(width, self.NARROWEST), width).with_maximum(options.max_width)
