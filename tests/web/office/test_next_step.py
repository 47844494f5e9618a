"""The sentence that tells a department what to do, in every state and on both sides of the last day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from zhengti_zip.web.database.models import now
from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.next_step import NextStep, next_step
from zhengti_zip.web.times import china_time

DUE = date(2023, 3, 15)
SOUND: dict[str, Any] = {
    "year": 2022,
    "department": "虚构区教育局",
    "counts": {"error": 0, "warning": 0, "notice": 0},
    "unreadable": None,
}
WARNED = SOUND | {"counts": {"error": 0, "warning": 2, "notice": 0}}
WRONG = SOUND | {"counts": {"error": 3, "warning": 1, "notice": 0}}
OF_ANOTHER = SOUND | {"department": "虚构区民政局"}
OF_LAST_YEAR = SOUND | {"year": 2021}
UNREADABLE = SOUND | {"unreadable": {"message": "文件已加密", "remedy": "请去掉密码"}}


def step(
    state: str,
    examination: dict[str, Any] | None = SOUND,
    *,
    has_version: bool = True,
    is_handed_in: bool = False,
    is_open: bool = True,
    today: date = DUE,
) -> NextStep:
    """What a department has to do."""
    work = Round(title="虚构的填报", form="haizhu-2022", year=2022, due_on=DUE, is_open=is_open)
    department = Department(name="虚构区教育局", state=state)
    version = Version(number=4, handed_in_at=now() if is_handed_in else None) if has_version else None
    return next_step(work, department, version, examination, today)


@pytest.mark.parametrize(
    ("found", "words", "may_hand_in"),
    [
        (step("not_begun", None, has_version=False), "请下载填报表", False),
        (step("draft", None), "正在检查第 4 版", False),
        (step("draft"), "第 4 版没有错误，可以报送", True),
        (step("draft", WARNED), "报送时须确认：有 2 条警告", True),
        (step("draft", OF_ANOTHER), "表中的部门名称是“虚构区民政局”", True),
        (step("draft", WRONG), "第 4 版有 3 个错误，改正后才能报送", False),
        (step("draft", OF_LAST_YEAR), "不能报送：表中的年度是2021", False),
        (step("draft", UNREADABLE), "第 4 版读不出来：文件已加密", False),
        (step("returned", is_handed_in=True), "财政部门退回了您的表", False),
        (step("returned"), "第 4 版没有错误，可以再次报送", True),
        (step("draft", is_open=False), "本次填报已停止", False),
    ],
)
def test_what_a_department_has_to_do(found: NextStep, words: str, may_hand_in: bool) -> None:
    assert words in found.words
    assert found.may_hand_in is may_hand_in
    assert found.may_upload is ("已停止" not in found.words)


@pytest.mark.parametrize(
    ("state", "words"), [("handed_in", "等待财政部门复核"), ("in_review", "正在复核"), ("passed", "已经通过")]
)
def test_a_department_waits_while_its_form_is_with_the_bureau(state: str, words: str) -> None:
    found = step(state, is_handed_in=True, today=date(2023, 3, 16))
    assert words in found.words
    assert (found.may_upload, found.may_hand_in, found.kind, found.days_left) == (
        False,
        False,
        "success",
        None,
    )


def test_the_last_day_is_told_and_that_it_has_passed() -> None:
    assert (step("draft", today=date(2023, 3, 14)).days_left, step("draft").days_left) == (1, 0)
    assert "截止日期" not in step("draft").hint
    late = step("draft", today=date(2023, 3, 16))
    assert (late.days_left, late.kind) == (-1, "error")
    assert "截止日期已过 1 天" in late.hint
    assert late.may_hand_in


def test_times_are_shown_as_in_china() -> None:
    assert china_time(datetime(2023, 3, 14, 16, 30, tzinfo=UTC)) == "2023-03-15 00:30"
    assert china_time(None) == ""
