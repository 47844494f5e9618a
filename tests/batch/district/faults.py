"""What is planted in the fictional district, by the number of the department: the known list of the test.

Beside many faults stands one that nearly is, and must not be found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.batch.district.office import CENT, YEAR, Office, completion_of, office, share_out, spend

Plant = Callable[[Office], None]


# --- errors: the form is returned -------------------------------------------------------------------


def _no_total(made: Office) -> None:
    del made.data["budget"]["total"]


def _too_many_points(made: Office) -> None:
    made.data["scores"]["spending_rate"] = {"score": "11"}


def _no_reason(made: Office) -> None:
    del made.data["scores"]["spending_rate"]["reason"]


def _wrong_sum(made: Office) -> None:
    made.data["budget"]["project"] = str(made.budget["project"] + 36)


def _units_without_list(made: Office) -> None:
    made.data["fields"]["unit_count"] = 3


ERRORS: Mapping[int, tuple[Plant, str]] = {
    7: (_no_total, "missing"),
    17: (_too_many_points, "score_out_of_range"),
    25: (_no_reason, "no_reason"),
    33: (_wrong_sum, "sum_mismatch"),
    41: (_no_total, "missing"),
    50: (_units_without_list, "scope_with_units"),
}


# --- warnings: the form passes ----------------------------------------------------------------------


def _carry_over(made: Office) -> None:
    carried = Decimal(made.data["data"]["carried_over"])
    made.data["data"]["carried_over"] = str(carried + 3)


def _undone_goal(made: Office) -> None:
    made.data["goals"][0]["completion"] += "其中两处未完成。"


def _target_overshot(made: Office) -> None:
    made.data["indicators"][4]["actual"] = "6500"


def _target_nearly_overshot(made: Office) -> None:
    made.data["indicators"][4]["actual"] = "6499"


def _goal_twice(made: Office) -> None:
    made.data["goals"] *= 2


def _empty_reason(made: Office) -> None:
    made.data["scores"]["spending_rate"]["reason"] = "见附件"


def _dear_cost(made: Office) -> None:
    made.data["indicators"][3]["direction"] = "≥"


def _in_yuan(made: Office) -> None:
    made.scale("10000")


WARNINGS: Mapping[int, tuple[Plant, tuple[str, ...]]] = {
    3: (_carry_over, ("carry_over_differs",)),
    10: (_undone_goal, ("goal_without_reason",)),
    11: (_target_overshot, ("target_overshot",)),
    12: (_goal_twice, ("same_goal_twice",)),
    15: (_empty_reason, ("says_nothing",)),
    16: (_dear_cost, ("cost_at_least",)),
    27: (_in_yuan, ("maybe_yuan",)),
}

NEARLY_WARNED: Mapping[int, Plant] = {18: _target_nearly_overshot}


# --- self-scores ------------------------------------------------------------------------------------

SELF_SCORES: Mapping[int, Mapping[str, str]] = {
    4: {"output_indicators": "20", "performance_system": "5"},
    14: {"spending_rate": "10"},
    19: {"system_execution": "7"},
    53: {"spending_rate": "10"},
    8: {"spending_rate": "9.2"},  # as computed
    9: {"system_execution": "6.5"},  # below
}
"""What these entered themselves; in the first four it is more than the data give."""

DIFFERING = (4, 4, 14, 19, 53, 9)
"""Rows with a warning, because the self-score is not the computed one."""


# --- texts ------------------------------------------------------------------------------------------


def _copied(made: Office) -> None:
    """The completion of the department before it, word by word; only line breaks were added."""
    made.data["goals"][0]["completion"] = completion_of(made.number - 1).replace("，", "，\n")


def _nearly_copied(made: Office) -> None:
    """The completion of the department before it with two words changed."""
    text = completion_of(made.number - 1).replace("再提速", "更便捷").replace("建设", "建好")
    made.data["goals"][0]["completion"] = text


def _half_copied(made: Office) -> None:
    """The first half from the department before it, the second its own: usual among neighbours."""
    other, own = completion_of(made.number - 1), completion_of(made.number)
    made.data["goals"][0]["completion"] = other[: len(other) // 2] + own[len(own) // 2 :]


def _names_the_red_cross(made: Office) -> None:
    made.data["goals"][0]["completion"] += "示例区红十字会全年救护培训覆盖各学校。"


def _names_a_street(made: Office) -> None:
    made.data["goals"][0]["goal"] += "示例区凤凰街道办事处要做到垃圾日产日清。"


def _names_its_hospital(made: Office) -> None:
    made.data["goals"][0]["goal"] += "示例区人民医院的专家每周到分院坐诊。"


def _names_itself(made: Office) -> None:
    made.data["goals"][0]["goal"] += f"{made.name}全体职工参与志愿服务。"


def _names_a_partner(made: Office) -> None:
    made.data["goals"][0]["goal"] += "会同示例区文化馆办好街头展演。"


TEXTS: Mapping[int, Plant] = {
    35: _copied,
    22: _nearly_copied,
    36: _names_the_red_cross,
    56: _names_a_street,
    # and those that must not be found:
    58: _half_copied,
    47: _names_its_hospital,
    37: _names_itself,
    40: _names_a_partner,
}
SAME_TEXT = {34, 35}
NEAR_TEXT = {21, 22}
OTHER_NAME = {36: 38, 56: 54}
"""The department whose text has the name of another."""


# --- amounts ----------------------------------------------------------------------------------------


def _far_too_much(made: Office) -> None:
    made.scale("200")


def _few_projects(made: Office) -> None:
    share_out(made, made.budget["total"], Decimal(5))


def _rather_few_projects(made: Office) -> None:
    share_out(made, made.budget["total"], Decimal(15))


AMOUNTS: Mapping[int, Plant] = {23: _far_too_much, 24: _few_projects, 29: _rather_few_projects}
OUTLYING_AMOUNTS = {23, 27}
OUTLYING_RATIOS = {24}

LAST_YEAR: Mapping[int, str] = {
    1: "1",
    5: "1.08",
    6: "0.1011",
    19: "9.9",
    27: "0.95",
    42: "0.09",
    43: "12",
    49: "0.05",
}
"""Last year's amounts as a multiple of what this year's would be without a fault."""

GROWN = {27, 42, 43, 49}
"""Ten times more or less than last year; 6 and 19 stay just below."""


# --- who hands in -----------------------------------------------------------------------------------

UNREADABLE, TIED = 44, 20
VERSIONS = (2, 41)
UNLISTED = (47, 59)
MISSING = ("示例区国有资产监督管理局", "示例区民族宗教事务局", "示例区少年宫", "示例区地方志办公室")

NOT_COUNTED = {*ERRORS, UNREADABLE, TIED}
"""The departments that are in no ranking and no sum."""


def planted(number: int) -> Office:
    """The form of a department as it is handed in, with what is planted in it."""
    made = office(number)
    for plants in (TEXTS, AMOUNTS, NEARLY_WARNED):
        if plant := plants.get(number):
            plant(made)
    for row, score in SELF_SCORES.get(number, {}).items():
        made.assess(row, score)
        made.explain(row)
    for faults in (WARNINGS, ERRORS):
        if number in faults:
            faults[number][0](made)
    return made


def older_version(number: int) -> Office:
    """What a department handed in first: without faults, but with less spent, so that it has fewer points."""
    made = office(number)
    spend(made, Decimal(made.data["data"]["adjusted_budget"]), Decimal(70))
    made.explain("spending_rate")
    made.explain("carry_over_rate")
    return made


def last_year(number: int) -> Office:
    """The form of the year before."""
    made = office(number, YEAR - 1)
    total = (made.budget["total"] * Decimal(LAST_YEAR[number])).quantize(CENT)
    made.data["data"]["annual_budget"] = str(total)
    share_out(made, total, Decimal(35 - number % 5))
    return made
