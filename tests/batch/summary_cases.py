"""Results for the tests of the summary: fictional departments, scored by the program itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms_support import FICTIONAL
from zhengti_zip import load_form
from zhengti_zip.base.numbers import plain
from zhengti_zip.batch.result import ListedProblem, Result, Status
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.scoring.evaluation import evaluate, grade_of
from zhengti_zip.submission.model import SelfScore, Submission

SCOPES = ("本级", "汇总")
FIRST_ROW = 5

Cell = str | int | float | None


@cache
def form() -> FormDefinition:
    """The form most tests are about."""
    return load_form("haizhu-2022")


@cache
def other_form() -> FormDefinition:
    """A form with other rows, grades and amounts."""
    return load_form(FICTIONAL)


def forms() -> dict[str, FormDefinition]:
    """Both forms by id."""
    return {definition.id: definition for definition in (form(), other_form())}


def scored(number: int, definition: FormDefinition | None = None) -> Result:
    """The result of the fictional department of a number; a number always gives the same one."""
    definition, chance = definition or form(), Random(number)
    eager = chance.choice((0.5, 0.8, 0.95, 1.0))
    scores = {context.row.id: _score(context.row.weight, eager, chance) for context in definition.rows}
    entries = {key: SelfScore(score=score) for key, score in scores.items()}
    evaluation = evaluate(definition, Submission(form=definition.id, scores=entries))
    assert evaluation.total is not None and evaluation.grade is not None
    budget = {column.id: Decimal(chance.randint(0, 10**9)) / 100 for column in definition.budget.columns}
    name = f"{number // 100}组/第{number}示例局"
    return Result(
        name=f"{name}.xlsx",
        status=Status.DONE,
        form=definition.id,
        department=f"第{number}示例局",
        scope=chance.choice(SCOPES),
        year=definition.year,
        total=evaluation.total,
        grade=evaluation.grade.name,
        scores={row.context.row.id: row.score for row in evaluation.rows},
        budget=budget | {definition.budget.columns[-1].id: None} if number % 7 == 0 else budget,
        outputs=(f"{name}.pdf", f"{name}.docx"),
    )


def _score(weight: Decimal, eager: float, chance: Random) -> Decimal:
    if chance.random() < eager:
        return weight
    return (weight * chance.randint(0, 1000) / 1000).quantize(Decimal("0.01"))


def department(name: str, total: str, /, **more: Any) -> Result:
    """A department with a given total: full marks on every row but the first, which pays for the rest."""
    definition = form()
    scores = {context.row.id: context.row.weight for context in definition.rows}
    short = definition.full_score - Decimal(total)
    for key, weight in scores.items():
        scores[key] = weight - min(short, weight)
        short -= min(short, weight)
    given: dict[str, Any] = {
        "name": f"{name}.xlsx",
        "status": Status.DONE,
        "form": definition.id,
        "department": name,
        "scope": "本级",
        "year": 2022,
        "total": Decimal(total),
        "grade": grade.name if (grade := grade_of(definition, Decimal(total))) else None,
        "scores": scores,
        "budget": {column.id: Decimal("1.00") for column in definition.budget.columns},
        "outputs": (f"{name}.pdf", f"{name}.docx"),
    }
    return Result(**(given | more))


def failure(name: str, /, *messages: str, **more: Any) -> Result:
    """A file that was not printed, for the reasons given."""
    problems = tuple(
        ListedProblem("error", "required", message, "请填写", f"指标自评!G{row}", "未达标原因")
        for row, message in enumerate(messages, start=5)
    )
    given: dict[str, Any] = {
        "name": name,
        "status": Status.FAILED,
        "form": form().id,
        "problems": problems,
        "outputs": (f"{name.removesuffix('.xlsx')}-标注.xlsx",),
    }
    return Result(**(given | more))


def figures(results: Sequence[Result], definition: FormDefinition | None = None) -> Figures:
    """The figures of some results."""
    return Figures(definition or form(), tuple(results))


def sheets(content: bytes) -> Mapping[str, Worksheet]:
    """The sheets of a workbook with the values written beside the formulas."""
    book = load_workbook(BytesIO(content), data_only=True)
    return {sheet.title: sheet for sheet in book.worksheets}


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """The rows under the column heads as dictionaries; a head that stands there again is ``head 2``."""
    first, *rows = sheet.iter_rows(min_row=FIRST_ROW - 1, values_only=True)
    heads: list[str] = []
    for head in map(str, first):
        heads.append(f"{head} {heads.count(head) + 1}" if head in heads else head)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def score_head(row_id: str) -> str:
    """What the column of a row is called in 部门排名."""
    context = form().row_by_id[row_id]
    return f"{context.name}\n（{plain(context.row.weight)}分）"
