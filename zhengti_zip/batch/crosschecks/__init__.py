"""Checks across departments: what shows only when the forms of a batch lie side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhengti_zip.batch.crosschecks.doubt import Doubt, department_key
from zhengti_zip.batch.crosschecks.equal_texts import equal_texts
from zhengti_zip.batch.crosschecks.growth import earlier_results, impossible_growth
from zhengti_zip.batch.crosschecks.near_texts import near_texts
from zhengti_zip.batch.crosschecks.other_names import other_names
from zhengti_zip.batch.crosschecks.outliers import outlying_amounts, outlying_ratios
from zhengti_zip.batch.crosschecks.thresholds import LEAST_DEPARTMENTS
from zhengti_zip.batch.crosschecks.wording import departments_of, writings_of
from zhengti_zip.batch.result import MAX_LONG_IN_ALL, MOST_LONG, Result
from zhengti_zip.form.definition import FormDefinition

NOT_COMPARED = "未比较"
"""Stands in every sentence about what was not compared."""

NAMED = 5
"""Most files that such a sentence names."""


@dataclass(frozen=True, slots=True)
class Crosschecks:
    """The result of the checks across the departments of one form.

    Attributes:
        doubts: surest first.
        compared: what was compared and what was not, in Chinese, a sentence each.
    """

    doubts: tuple[Doubt, ...] = ()
    compared: tuple[str, ...] = ()


def crosschecked(
    results: Sequence[Result], form: FormDefinition, previous: Sequence[Result] | None = None
) -> Crosschecks:
    """Compare the departments of one form.

    Texts are compared also of forms with errors; numbers only of those without: the others are to be mended anyway.

    Args:
        results: of this form.
        previous: last year's results, also of other forms; None when none were given.
    """
    # In the order of the names, so that the same results give the same doubts.
    named = sorted((r for r in results if r.department and not r.fate), key=lambda r: r.name)
    counted = [result for result in named if result.is_done]
    doubts: list[Doubt] = []
    compared: list[str] = []
    _compare_texts(named, doubts, compared)
    _compare_numbers(counted, form, doubts, compared)
    if previous is not None:
        earlier = earlier_results(counted, previous)
        doubts += impossible_growth(counted, earlier, form)
        compared.append(_words_about_last_year(len(counted), len(earlier), previous))
    return Crosschecks(tuple(sorted(doubts, key=lambda doubt: doubt.order)), tuple(compared))


def _compare_texts(named: Sequence[Result], doubts: list[Doubt], compared: list[str]) -> None:
    writings = writings_of(named)
    count = departments_of(writings)
    if count < LEAST_DEPARTMENTS:
        compared.append(
            f"文字：只有 {count} 个部门有 30 字以上的文字，不足 {LEAST_DEPARTMENTS} 个，{NOT_COMPARED}"
        )
        return
    doubts += equal_texts(writings)
    doubts += near_texts(writings)
    doubts += other_names(writings, {department_key(each.department): each.department for each in named})
    words = f"文字：{count} 个部门的 {len(writings)} 段（30 字以上的目标、完成情况、原因和措施）"
    compared.append("；".join((words, *_texts_not_compared(named))))


def _texts_not_compared(named: Sequence[Result]) -> Iterator[str]:
    """Which files have more or longer texts than a result keeps."""
    if left := [result for result in named if result.texts_left]:
        count = sum(result.texts_left for result in left)
        yield f"每份文件只比较前 {MAX_LONG_IN_ALL:,} 字，{_files(left)}的 {count} 段{NOT_COMPARED}"
    if cut := [result for result in named if result.texts_cut]:
        count = sum(result.texts_cut for result in cut)
        yield f"每段只比较前 {MOST_LONG:,} 字，{_files(cut)}的 {count} 段有更多的字{NOT_COMPARED}"


def _files(results: Sequence[Result]) -> str:
    more = f" 等 {len(results)} 份" if len(results) > NAMED else " "
    return "、".join(result.name for result in results[:NAMED]) + more


def _compare_numbers(
    counted: Sequence[Result], form: FormDefinition, doubts: list[Doubt], compared: list[str]
) -> None:
    count = len({department_key(result.department) for result in counted})
    if count < LEAST_DEPARTMENTS:
        compared.append(
            f"金额和比例：只有 {count} 个部门的表没有错误，不足 {LEAST_DEPARTMENTS} 个，{NOT_COMPARED}"
        )
        return
    doubts += outlying_amounts(counted, form)
    doubts += outlying_ratios(counted, form)
    compared.append(f"金额和比例：{count} 个部门的 {len(counted)} 份没有错误的表")


def _words_about_last_year(counted: int, compared: int, previous: Sequence[Result]) -> str:
    words = f"与上年比较：{compared} 份"
    if compared < counted:
        words += f"；{counted - compared} 份没有找到更早年度的表，{NOT_COMPARED}"
    if unread := sum(not result.department for result in previous):
        words += f"；上年的文件中有 {unread} 份没有读出部门，未使用"
    return words


def crosschecked_forms(
    results: Sequence[Result],
    forms: Mapping[str, str],
    previous: Sequence[Result] | None = None,
) -> dict[str, Crosschecks]:
    """The checks of a batch with several forms, by form id.

    Args:
        forms: by form id the id or folder it is loaded by.
    """
    from zhengti_zip.form.loader import load_form

    return {
        form_id: crosschecked(
            [result for result in results if result.form == form_id], load_form(name), previous
        )
        for form_id, name in forms.items()
    }
