"""The sheets 问题清单 and 说明: the problems of failed files; counts, method and files left out."""

from __future__ import annotations

from collections.abc import Iterator

from zhengti_zip.base.version import VERSION
from zhengti_zip.batch.result import ListedProblem, Result
from zhengti_zip.batch.summary.arrival_words import count_words
from zhengti_zip.batch.summary.cell_styles import SummaryStyle
from zhengti_zip.batch.summary.figures import Figures
from zhengti_zip.batch.summary.names import DOUBTS, SELF_SCORES, WARNINGS
from zhengti_zip.batch.summary.reasons import listed, why_left_out
from zhengti_zip.batch.summary.sheet import SummaryCell, SummaryWorkbook
from zhengti_zip.batch.summary.statistics_sheets import sums_to_check
from zhengti_zip.batch.summary.texts import link_target
from zhengti_zip.submission.problems import Severity

PROBLEMS, NOTES = "问题清单", "说明"
HEADS = (
    ("序号", 6),
    ("填报文件", 22),
    ("部门", 18),
    ("程度", 7),
    ("位置", 14),
    ("项目", 20),
    ("填写的内容", 18),
    ("问题", 40),
    ("怎样处理", 34),
    ("打开", 9),
)
NOTE_WIDTHS = (26, 90, 46)


def problems_sheet(book: SummaryWorkbook, figures: Figures) -> None:
    """Write 问题清单: the problems of the files that failed."""
    hint = f"没有通过、没有列入统计的 {len(figures.failed)} 个文件。改正后把文件放回原处，再运行一次，只重做改过的文件。"
    sheet = book.headed_sheet(PROBLEMS, hint, HEADS, "C")
    number = 0
    for result in figures.failed:
        for problem in listed(result):
            number += 1
            sheet.table(_problem_line(number, result, problem))
    last = sheet.row
    if not figures.failed:
        sheet.add([None, SummaryCell("没有失败的文件。", SummaryStyle.HINT)])
    sheet.filter(len(HEADS), last)


def severity_label(problem: ListedProblem) -> str:
    """The word a user reads."""
    known = {severity.value: severity.label for severity in Severity}
    return known.get(problem.severity, problem.severity)


def _problem_line(number: int, result: Result, problem: ListedProblem) -> list[SummaryCell | None]:
    return [
        SummaryCell(number, SummaryStyle.CENTRE),
        SummaryCell(result.name),
        SummaryCell(result.department),
        SummaryCell(severity_label(problem), SummaryStyle.CENTRE),
        SummaryCell(problem.place),
        SummaryCell(problem.label),
        SummaryCell(problem.value),
        SummaryCell(problem.message),
        SummaryCell(problem.remedy),
        _opening(result),
    ]


def _opening(result: Result) -> SummaryCell:
    """A link to the annotated copy, or to another output of the file."""
    for suffix, word in ((".xlsx", "标注副本"), (".pdf", "PDF"), (".docx", "Word")):
        for path in result.outputs:
            if path.lower().endswith(suffix):
                return SummaryCell(word, SummaryStyle.LINK, link=link_target(path))
    return SummaryCell("—", SummaryStyle.CENTRE)


def notes_sheet(book: SummaryWorkbook, figures: Figures) -> None:
    """Write 说明: counts, method, checks, and the files left out."""
    sheet = book.sheet(NOTES, "这张汇总表怎样得来，哪些文件没有列入。", NOTE_WIDTHS)
    sheet.skip()
    sheet.head(("项目", "内容", "备注"))
    for word, text in facts(figures):
        sheet.table([SummaryCell(word), SummaryCell(text), SummaryCell(None)])
    if figures.form and figures.ranked:
        for word, difference, formula in sums_to_check(figures, figures.form):
            sheet.table(
                [
                    SummaryCell("核对（应为 0）"),
                    SummaryCell(word),
                    SummaryCell(difference, SummaryStyle.CENTRE, formula),
                ]
            )
    excluded = [*figures.failed, *figures.without_total]
    for result in sorted(excluded, key=lambda r: r.name):
        sheet.table(
            [SummaryCell("没有列入的文件"), SummaryCell(result.name), SummaryCell(why_left_out(result))]
        )


def facts(figures: Figures) -> Iterator[tuple[str, str]]:
    """Forms, counts and method of the summary, as (item, text)."""
    form = figures.form
    if form:
        yield "表", f"{form.name}（{form.id}，模板版本 {form.version}）"
        yield "表的出处", form.source
    yield "程序", f"zhengti-zip {VERSION}"
    if figures.arrivals:
        yield "收到的文件", count_words(figures.arrivals)
    yield "填报文件", f"{len(figures.results)} 个"
    yield "列入排名的部门", f"{len(figures.ranked)} 个"
    yield "没有通过的文件", f"{len(figures.failed)} 个，见“{PROBLEMS}”"
    if figures.duplicates:
        yield (
            "其中重复报送",
            f"{len(figures.duplicates)} 个：同一部门报送了不止一份，均不列入，请确认以哪一份为准",
        )
    if figures.without_total:
        yield "通过但没有总分的表", f"{len(figures.without_total)} 个：得分不全，不列入排名和统计"
    if form:
        yield from _to_look_at(figures)
    if len(figures.years) > 1:
        yield "年度", "、".join(map(str, figures.years)) + "；不同年度一并排名，可按年度筛选"
    if form:
        yield "名次", "按总分从高到低；总分相同的名次相同，其后的名次顺延（1、2、2、4）"
        if figures.has_grades:
            yield (
                "等级",
                "以各部门表上的等级为准：" + "；".join(f"{g.name} {g.range}".strip() for g in figures.grades),
            )
        yield "得分率", "平均分 ÷ 分值"
        yield "失分合计", "各部门分值减得分之和"
        yield (
            "数值与公式",
            "“部门排名”是数值，其余各表是引用它的公式：改动或删除其中的行，统计随之更新，名次和总分不变",
        )


def _to_look_at(figures: Figures) -> Iterator[tuple[str, str]]:
    """Warnings, self-scores above the computed ones and doubts, counted."""
    count = sum(warned.count for warned in figures.warned)
    yield "通过的表中的警告", f"{count} 处，见“{WARNINGS}”" if count else "没有"
    rows = sum(len(each.rows) for each in figures.higher_self_scores)
    higher = f"{len(figures.higher_self_scores)} 个部门的 {rows} 行，见“{SELF_SCORES}”"
    yield "自评高于按数据得分", higher if rows else "没有"
    doubts = len(figures.crosschecks.doubts)
    yield "部门间的疑点", f"{doubts} 处，见“{DOUBTS}”" if doubts else "没有发现"
    for words in figures.crosschecks.compared:
        yield "部门间比较了什么", words
