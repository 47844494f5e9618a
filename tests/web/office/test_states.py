"""Who may take which step from which state: the whole table, and what is said where it cannot be."""

from __future__ import annotations

import pytest

from zhengti_zip.web.office.states import State, Step, after, possible_steps, why_not
from zhengti_zip.web.visitor import Role

# One line a state: what a department, then what an officer can do.
TABLE = """
not_begun | upload          | upload
draft     | upload hand_in  | upload hand_in
returned  | upload hand_in  | upload hand_in
handed_in |                 | begin_review return pass
in_review |                 | return pass
passed    |                 | reopen
"""
LINES = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


def test_the_table_names_every_state() -> None:
    assert {line[0] for line in LINES} == {state.value for state in State}


@pytest.mark.parametrize(("state", "department", "officer"), LINES)
def test_who_can_do_what(state: str, department: str, officer: str) -> None:
    now = State(state)
    assert possible_steps(now, Role.DEPARTMENT) == tuple(map(Step, department.split()))
    assert possible_steps(now, Role.OFFICER) == tuple(map(Step, officer.split()))
    assert possible_steps(now, Role.ADMINISTRATOR) == possible_steps(now, Role.OFFICER)
    for role in (Role.READER, Role.NOBODY, Role.VISITOR):
        assert possible_steps(now, role) == ()


@pytest.mark.parametrize(
    ("step", "before", "then"),
    [
        ("upload", "not_begun", "draft"),
        ("upload", "draft", "draft"),
        ("upload", "returned", "returned"),  # it stays returned until it is handed in again
        ("hand_in", "draft", "handed_in"),
        ("hand_in", "returned", "handed_in"),
        ("begin_review", "handed_in", "in_review"),
        ("return", "handed_in", "returned"),
        ("return", "in_review", "returned"),
        ("pass", "handed_in", "passed"),
        ("pass", "in_review", "passed"),
        ("reopen", "passed", "in_review"),
    ],
)
def test_where_steps_lead(step: str, before: str, then: str) -> None:
    assert after(Step(step), State(before)) is State(then)


def test_a_closed_round_takes_nothing_more_but_is_reviewed() -> None:
    assert possible_steps(State.DRAFT, Role.DEPARTMENT, is_open=False) == ()
    assert possible_steps(State.RETURNED, Role.OFFICER, is_open=False) == ()
    assert possible_steps(State.HANDED_IN, Role.OFFICER, is_open=False) == (
        Step.BEGIN_REVIEW,
        Step.RETURN,
        Step.PASS,
    )


def test_every_refusal_says_why_and_what_to_do() -> None:
    for step in Step:
        for state in State:
            for role in Role:
                for is_open in (True, False):
                    reason = why_not(step, state, role, is_open=is_open)
                    can = step in possible_steps(state, role, is_open=is_open)
                    assert (reason is None) == can
                    if reason:
                        assert step.label in reason.message
                        assert reason.remedy
    refused = why_not(Step.UPLOAD, State.HANDED_IN, Role.DEPARTMENT)
    assert refused is not None
    assert refused.message == "目前是“已报”，不能上传"
    assert refused.remedy == "已经报送；需要修改的，请财政部门退回后再上传新的工作簿"


def test_an_impossible_step_is_an_error() -> None:
    with pytest.raises(ValueError, match="pass from draft"):
        after(Step.PASS, State.DRAFT)
