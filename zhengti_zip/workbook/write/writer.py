"""Writing the workbook: a blank template, or one filled from a submission."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhengti_zip.base.numbers import plain
from zhengti_zip.base.version import VERSION
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import BUDGET, DATA, FIELDS, FUNDS, SCORES, TABLES
from zhengti_zip.workbook.cells import dress, put_entry, validate
from zhengti_zip.workbook.naming import Names
from zhengti_zip.workbook.plan import META_ROWS, META_SHEET, WorkbookPlan
from zhengti_zip.workbook.write.filled_down import fill_down
from zhengti_zip.workbook.write.filling import Filling
from zhengti_zip.workbook.write.fund_sheet import funds_sheet
from zhengti_zip.workbook.write.guide import guide_sheet
from zhengti_zip.workbook.write.overview import overview_sheet
from zhengti_zip.workbook.write.saving import saved_package
from zhengti_zip.workbook.write.score_sheet import scores_sheet
from zhengti_zip.workbook.write.sheets import budget_sheet, data_sheet, fields_sheet
from zhengti_zip.workbook.write.tables import TableSheets


def blank_workbook(form: FormDefinition) -> bytes:
    """The blank template of a form, as an .xlsx file."""
    return written(Filling(form, None))


def filled_workbook(form: FormDefinition, submission: Submission) -> bytes:
    """The template with a submission filled in, as an .xlsx file."""
    return written(Filling(form, submission))


def written(filling: Filling) -> bytes:
    """The workbook with a filling in it, as an .xlsx file."""
    plan = WorkbookPlan(filling.form)
    book = Workbook()
    book.remove(book.worksheets[0])
    names = Names(book)
    tables = TableSheets(book, plan, filling, names)
    guide = book.create_sheet(plan.guide)
    for group in plan.groups:
        if group in TABLES:
            tables.write(plan.area(group))
        else:
            _singles(book.create_sheet(plan.titles[group]), group, plan, filling, names)
    overview_sheet(book.create_sheet(plan.check), plan, tables.last_rows, names)
    guide_sheet(guide, plan.form, book.sheetnames)
    _inputs(book, plan, filling, names)
    _meta(book, plan.form, names)
    book.active = 0
    # Live results carry no cached values; without this some programs show them empty until a cell changes.
    book.calculation.fullCalcOnLoad = True
    package = saved_package(book)
    for title, part in package.sheets().items():
        for rows in tables.filled_down:
            if rows.sheet == title:
                fill_down(package.xml(part), rows)
    return package.save()


def _singles(sheet: Worksheet, group: str, plan: WorkbookPlan, filling: Filling, names: Names) -> None:
    """A sheet of inputs that exist once, around those inputs."""
    if group == SCORES:
        scores_sheet(sheet, plan, filling, names)
    else:
        make = {FIELDS: fields_sheet, BUDGET: budget_sheet, FUNDS: funds_sheet, DATA: data_sheet}[group]
        make(sheet, plan, names)


def _inputs(book: Workbook, plan: WorkbookPlan, filling: Filling, names: Names) -> None:
    """The inputs that exist once: their look, their checks, their names and their values."""
    explained = {context.row.id: context for context in plan.form.rows}
    for planned in plan.cells:
        sheet = book[planned.sheet]
        cell = sheet.cell(planned.row, planned.column)
        dress(cell, planned.item)
        put_entry(cell, planned.item, filling.single(planned.path))
        more = ""
        if planned.path.group == SCORES and planned.item.kind.is_number:
            context = explained[planned.path.item]
            rule = context.row.rule_for(plan.form.year).describe(context.row.weight)
            more = f"0 至 {plain(context.row.weight)}；{context.indicator.explanation}评分规则：{rule}"
        validate(sheet, planned.item, planned.coordinate, planned.label, more)
        names.cell(planned.name, planned.sheet, planned.row, planned.column)


def _meta(book: Workbook, form: FormDefinition, names: Names) -> None:
    """The hidden sheet that says which form and template version this is."""
    sheet = book.create_sheet(META_SHEET)
    sheet.sheet_state = "hidden"
    facts = (("form", form.id), ("template_version", form.version), ("written_by", VERSION))
    for row, (key, value) in enumerate(facts, start=1):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2, value)
    for name, row in META_ROWS.items():
        names.cell(name, META_SHEET, row, 2)
