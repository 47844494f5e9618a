"""What a department has to do now, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhengti_zip.web.database.office_models import Department, Round, Version
from zhengti_zip.web.office.examined import Examination, doubts_of
from zhengti_zip.web.office.states import State, Step, possible_steps
from zhengti_zip.web.visitor import Role


@dataclass(frozen=True, slots=True)
class NextStep:
    """What a department has to do now.

    Attributes:
        words: one sentence.
        hint: what helps with it; "" where nothing has to be said.
        kind: how urgent it looks: ``info``, ``warning``, ``error`` or ``success``.
        may_upload, may_hand_in: what the page offers.
        days_left: until the last day, negative after it; None where it does not matter any more.
    """

    words: str
    hint: str = ""
    kind: str = "info"
    may_upload: bool = False
    may_hand_in: bool = False
    days_left: int | None = None


def next_step(
    work: Round, department: Department, newest: Version | None, examination: Examination | None, today: date
) -> NextStep:
    """What a department has to do now.

    Args:
        newest: its newest version; None without one.
        examination: of the file of that version; None until it was examined.
        today: in China.
    """
    state = State(department.state)
    steps = possible_steps(state, Role.DEPARTMENT, is_open=work.is_open)
    days = (work.due_on - today).days if work.due_on and state.is_with_department else None
    if state.is_with_bureau:
        return _waiting(state)
    if Step.UPLOAD not in steps:
        return NextStep(
            "本次填报已停止，现在不能上传和报送", "确需补报的，请联系财政部门重新开放填报", "warning"
        )
    step = _to_do(work, department, newest, examination)
    may_hand_in = step.may_hand_in and Step.HAND_IN in steps
    hint, kind = step.hint, step.kind
    if days is not None and days < 0:
        hint, kind = f"截止日期已过 {-days} 天，请尽快报送。{hint}", "error"
    return NextStep(step.words, hint, kind, True, may_hand_in, days)


def _waiting(state: State) -> NextStep:
    if state is State.PASSED:
        return NextStep("已经通过，本次填报完成", "不用再做什么。各版本和检查结果仍可查看和下载", "success")
    what = "财政部门正在复核" if state is State.IN_REVIEW else "已经报送，等待财政部门复核"
    return NextStep(what, "现在不用做什么。需要修改的，请联系财政部门退回", "success")


def _to_do(
    work: Round, department: Department, newest: Version | None, examination: Examination | None
) -> NextStep:
    """What to do while the form is with the department."""
    is_returned = department.state == State.RETURNED
    if newest is None:
        return NextStep("请下载填报表，在 Excel 或 WPS 里填好后上传", "上传后马上能看到检查结果和打印页面")
    which = f"第 {newest.number} 版"
    if is_returned and newest.handed_in_at is not None:
        return NextStep(
            "财政部门退回了您的表，请按下面的意见改好后上传新的版本", "改好后还要再次报送", "warning"
        )
    if examination is None:
        return NextStep(f"正在检查{which}", "检查完会自动显示；没有显示的，请刷新本页")
    if unreadable := examination.get("unreadable"):
        return NextStep(f"{which}读不出来：{unreadable['message']}", unreadable["remedy"], "error")
    counts = examination["counts"]
    if counts["error"]:
        words = f"{which}有 {counts['error']} 个错误，改正后才能报送"
        return NextStep(words, "可以在下面直接改，也可以在 Excel 里改好后重新上传", "error")
    again = "再次报送" if is_returned else "报送"
    doubts = doubts_of(work, department, examination)
    if examination.get("year") != work.year:
        return NextStep(f"{which}不能报送：{doubts[0]}", "请下载本次的填报表重新填写", "error")
    if doubts:
        words = f"{which}没有错误，可以{again}；报送时须确认：{'；'.join(doubts)}"
        return NextStep(words, kind="warning", may_hand_in=True)
    hint = "上传不等于报送：报送后财政部门才会复核"
    return NextStep(f"{which}没有错误，可以{again}", hint, may_hand_in=True)
