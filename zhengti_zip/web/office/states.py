"""Where a department stands in a round, which steps lead from where to where, and who may take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhengti_zip.web.visitor import Role


class State(StrEnum):
    """Where a department stands."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    PASSED = "passed"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return _STATE_LABELS[self]

    @property
    def is_with_department(self) -> bool:
        """Whether the department has to do the next step."""
        return self in (State.NOT_BEGUN, State.DRAFT, State.RETURNED)

    @property
    def is_with_bureau(self) -> bool:
        """Whether a version lies with the bureau: handed in, in review or passed."""
        return not self.is_with_department


class Step(StrEnum):
    """What can be done with a department's form."""

    UPLOAD = "upload"
    HAND_IN = "hand_in"
    BEGIN_REVIEW = "begin_review"
    RETURN = "return"
    PASS = "pass"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return _STEP_LABELS[self]


@dataclass(frozen=True, slots=True)
class Transition:
    """One step.

    Attributes:
        targets: the states it can be taken from, each with the state it leads to.
        roles: who may take it.
        needs_open_round: whether it is refused once the round is closed.
    """

    targets: Mapping[State, State]
    roles: frozenset[Role]
    needs_open_round: bool = False


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a step cannot be taken, and what to do instead."""

    message: str
    remedy: str


OFFICERS = frozenset((Role.OFFICER, Role.ADMINISTRATOR))
WHO_FILLS_IN = frozenset((Role.DEPARTMENT, *OFFICERS))
"""An officer may hand in what a department sent by other ways; the log tells who did."""

TRANSITIONS: Mapping[Step, Transition] = {
    Step.UPLOAD: Transition(
        {State.NOT_BEGUN: State.DRAFT, State.DRAFT: State.DRAFT, State.RETURNED: State.RETURNED},
        WHO_FILLS_IN,
        needs_open_round=True,
    ),
    Step.HAND_IN: Transition(
        {State.DRAFT: State.HANDED_IN, State.RETURNED: State.HANDED_IN},
        WHO_FILLS_IN,
        needs_open_round=True,
    ),
    Step.BEGIN_REVIEW: Transition({State.HANDED_IN: State.IN_REVIEW}, OFFICERS),
    Step.RETURN: Transition({State.HANDED_IN: State.RETURNED, State.IN_REVIEW: State.RETURNED}, OFFICERS),
    Step.PASS: Transition({State.HANDED_IN: State.PASSED, State.IN_REVIEW: State.PASSED}, OFFICERS),
    Step.REOPEN: Transition({State.PASSED: State.IN_REVIEW}, OFFICERS),
}


def why_not(step: Step, state: State, role: Role, *, is_open: bool = True) -> WhyNot | None:
    """Why somebody cannot take a step now; None when they can.

    Args:
        state: where the department stands.
        role: of whoever wants to take it.
        is_open: whether the round is open.
    """
    transition = TRANSITIONS[step]
    if role not in transition.roles:
        who = "填报部门或财政部门的经办人" if Role.DEPARTMENT in transition.roles else "财政部门的经办人"
        return WhyNot(f"您的角色是“{role.label}”，不能{step.label}", f"请由{who}办理")
    if state not in transition.targets:
        return WhyNot(f"目前是“{state.label}”，不能{step.label}", _remedy(step, state))
    if transition.needs_open_round and not is_open:
        return WhyNot(f"本次填报已停止，不能{step.label}", "确需补报的，请联系财政部门重新开放填报")
    return None


def after(step: Step, state: State) -> State:
    """The state that a step leads to.

    Raises:
        ValueError: it cannot be taken from ``state``.
    """
    if state not in TRANSITIONS[step].targets:
        raise ValueError(f"{step} from {state}")
    return TRANSITIONS[step].targets[state]


def possible_steps(state: State, role: Role, *, is_open: bool = True) -> tuple[Step, ...]:
    """The steps somebody can take now, in the order of the work."""
    return tuple(step for step in Step if why_not(step, state, role, is_open=is_open) is None)


def _remedy(step: Step, state: State) -> str:
    if step in (Step.UPLOAD, Step.HAND_IN):
        return {
            State.NOT_BEGUN: "请先上传填好的工作簿",
            State.PASSED: "已经复核通过；确需修改的，请财政部门先“重新复核”再退回",
        }.get(state, "已经报送；需要修改的，请财政部门退回后再上传新的工作簿")
    if step is Step.REOPEN:
        return "只有已经通过的表需要重新复核；没有通过的可以直接复核或退回"
    return {
        State.PASSED: "已经通过；要改变结论的，请先“重新复核”",
        State.IN_REVIEW: "已经在复核中，可以直接退回或通过",
        State.RETURNED: "已经退回，请等部门改好后再次报送",
    }.get(state, "请等部门报送后再办理")


_STATE_LABELS = {
    State.NOT_BEGUN: "未报",
    State.DRAFT: "草稿",
    State.HANDED_IN: "已报",
    State.RETURNED: "退回",
    State.IN_REVIEW: "复核中",
    State.PASSED: "通过",
}
_STEP_LABELS = {
    Step.UPLOAD: "上传",
    Step.HAND_IN: "报送",
    Step.BEGIN_REVIEW: "开始复核",
    Step.RETURN: "退回",
    Step.PASS: "通过",
    Step.REOPEN: "重新复核",
}
