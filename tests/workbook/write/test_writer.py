"""The blank template and the filled one, as files."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbook.tools import SAMPLES
from zhengti_zip import load_form, read
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.inputs import single_inputs, table_parts
from zhengti_zip.submission.model import Goal, Submission
from zhengti_zip.submission.paths import TABLES, InputPath
from zhengti_zip.workbook.areas import OFFERED_ROWS
from zhengti_zip.workbook.defined_names import COMPLETION_NAME, RESULT_PREFIX, name_of
from zhengti_zip.workbook.plan import WorkbookPlan
from zhengti_zip.workbook.write.writer import blank_workbook, filled_workbook

SHEETS = [
    "填报说明",
    "基本情况",
    "年度目标",
    "部门预算",
    "指标自评",
    "评分数据",
    "绩效指标",
    "单位明细",
    "检查",
    "_zhengti",
]

EVERYWHERE = {
    "ABS",
    "AND",
    "CELL",
    "CLEAN",
    "COUNT",
    "COUNTA",
    "COUNTIF",
    "FIND",
    "IF",
    "IFERROR",
    "INT",
    "ISNUMBER",
    "ISTEXT",
    "LARGE",
    "LEFT",
    "LEN",
    "MAX",
    "MID",
    "MIN",
    "N",
    "NOT",
    "OR",
    "ROUND",
    "SUBSTITUTE",
    "SUM",
    "SUMPRODUCT",
    "TEXT",
    "TRIM",
    "VALUE",
    "YEAR",
}


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    return load_form("haizhu-2022")


@pytest.fixture(scope="module")
def blank(form: FormDefinition) -> bytes:
    return blank_workbook(form)


def test_sheets_in_plain_chinese_and_one_hidden(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    assert book.sheetnames == SHEETS
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["_zhengti"]
    assert [book["_zhengti"][f"B{row}"].value for row in (1, 2)] == ["haizhu-2022", 1]


def test_every_input_has_a_defined_name_an_own_cell_and_is_the_only_kind_unlocked(
    form: FormDefinition, blank: bytes
) -> None:
    book = load_workbook(BytesIO(blank))
    names = {name_of(slot.path) for slot in single_inputs(form)}
    names |= {
        name_of(InputPath.column(table, part.id)) for table in TABLES for part in table_parts(form, table)
    }
    others = {name for name in book.defined_names if not name.startswith(RESULT_PREFIX)}
    assert names | {"zt_form", "zt_version", COMPLETION_NAME} == others
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    named = set()
    for name in names:
        [(sheet, reference)] = book.defined_names[name].destinations
        cells = book[sheet][reference.replace("$", "")]
        # The last row of a table only closes it: rows inserted above it belong to the table.
        rows = cells[:-1] if isinstance(cells, tuple) else ((cells,),)
        named |= {(sheet, cell.coordinate) for row in rows for cell in row}
    assert named == unlocked


def test_tables_offer_their_rows(form: FormDefinition, blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    for area in WorkbookPlan(form).tables:
        [(_, reference)] = book.defined_names[area.columns[0].name].destinations
        first, last = (int(number) for number in re.findall(r"\d+", reference))
        assert last - first == OFFERED_ROWS[area.table]


def test_closed_choices_are_short_lists_on_the_sheet_itself(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    lists = [
        rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    ]
    assert '"本级,汇总"' in lists
    assert '"是,否,不适用"' in lists
    assert '"达成,部分达成,未达成"' in lists
    assert all(len(formula or "") <= 255 for formula in lists)
    with zipfile.ZipFile(BytesIO(blank)) as archive:
        assert not any(b"extLst" in archive.read(name) for name in archive.namelist())


def test_blank_template_asks_for_everything(tmp_path: Path, blank: bytes, form: FormDefinition) -> None:
    file = tmp_path / "空白.xlsx"
    file.write_bytes(blank)
    source = read(file)
    assert source.submission == Submission(form="haizhu-2022", fields={"year": 2022})
    codes = [problem.code for problem in examine(source).problems]
    assert codes.count("no_score") == len(form.rows)
    assert set(codes) == {"missing", "no_score"}


@pytest.mark.parametrize("name", ["haizhu-2022", "demo-2022"])
def test_filled_workbook_reads_back_the_same(tmp_path: Path, name: str) -> None:
    source = read(SAMPLES / f"{name}.json")
    file = tmp_path / "填好.xlsx"
    file.write_bytes(filled_workbook(source.form, source.submission))
    assert read(file).submission == source.submission


def test_more_goals_than_offered_rows(tmp_path: Path, form: FormDefinition) -> None:
    goals = tuple(Goal(goal=f"目标{n}", completion=f"完成{n}") for n in range(35))
    submission = Submission(form=form.id, goals=goals)
    file = tmp_path / "多目标.xlsx"
    file.write_bytes(filled_workbook(form, submission))
    assert read(file).submission.goals == goals


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-", "@SUM(A1)", '=HYPERLINK("x")', "007", "1e5", "TRUE", "#N/A 说明", "_x000D_甲"],
)
def test_text_that_looks_like_something_else_stays_text(
    tmp_path: Path, form: FormDefinition, text: str
) -> None:
    submission = Submission(form=form.id, goals=(Goal(goal=text, completion="完成"),))
    file = tmp_path / "文字.xlsx"
    file.write_bytes(filled_workbook(form, submission))
    cell = load_workbook(file)["年度目标"]["B5"]
    assert cell.data_type == "s"
    assert read(file).submission.goals[0].goal == text


def formulas(content: bytes) -> list[str]:
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


def test_formulas_use_only_what_every_office_program_has(blank: bytes) -> None:
    called = {name for formula in formulas(blank) for name in re.findall(r"([A-Z]+)\(", formula)}
    assert called <= EVERYWHERE, called - EVERYWHERE
    assert max(len(formula) for formula in formulas(blank)) < 8000
    constants = [text for formula in formulas(blank) for text in re.findall(r'"((?:[^"]|"")*)"', formula)]
    assert max(len(text) for text in constants) <= 255
    prompts = [
        rule.prompt or ""
        for sheet in load_workbook(BytesIO(blank))
        for rule in sheet.data_validations.dataValidation
    ]
    assert max(len(prompt) for prompt in prompts) <= 255


def test_the_same_data_give_the_same_bytes(form: FormDefinition, blank: bytes) -> None:
    assert blank_workbook(form) == blank
