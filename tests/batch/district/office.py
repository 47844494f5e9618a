"""One department of the fictional district: its data, and the points it must get by plain arithmetic."""

from __future__ import annotations

import csv
import json
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
NAMES = ROOT / "tests" / "data" / "district-2022.csv"
SAMPLE = ROOT / "samples" / "demo-2022.json"

FULL = Decimal(100)
YEAR = 2022
CENT = Decimal("0.01")

REASONS = {
    "output_indicators": ("一项工作因雨季推迟。", "倒排工期，逐月调度。"),
    "spending_rate": ("部分尾款按合同次年支付。", "按月通报支付进度。"),
    "carry_over_rate": ("工程结算晚于计划。", "提前办理结算。"),
    "finance_compliance": ("一笔报销附件不全。", "补齐附件，加强审核。"),
    "performance_system": ("结果应用办法尚未印发。", "下年一季度印发。"),
    "system_execution": ("一张监控表逾期报送。", "专人负责，到期提醒。"),
    "contract_signing": ("一份合同签订超期。", "指定专人跟进签约。"),
}
"""What a department writes where it loses points; shorter than the texts that are compared."""


RULES = ("rules_results", "rules_goals", "rules_monitoring", "rules_evaluation", "rules_special_funds")

WEAK = {39: (7, 4, 1), 45: (7, 4, 5), 51: (7, 4, 5)}
"""Lapses, violations and missing rules of three departments: 90 points, which is just 优; 良; and 中 with the next."""

WEAKEST = 51
"""The department that reached a tenth of one target."""


@dataclass
class Office:
    """A department.

    Attributes:
        number: its line in the list of names, from 1.
        name: 部门名称.
        data: what it enters, as in the JSON files of the program.
        lost: points lost by row, as the data give them; a row that is not there has full marks.
        self_scores: what it entered itself, by row; these count.
    """

    number: int
    name: str
    data: dict[str, Any]
    lost: dict[str, Decimal] = field(default_factory=dict)
    self_scores: dict[str, Decimal] = field(default_factory=dict)

    def computed(self, row: str, weight: Decimal) -> Decimal:
        """Points the data give."""
        return weight - self.lost.get(row, Decimal(0))

    def score(self, row: str, weight: Decimal) -> Decimal:
        """Points that count."""
        return self.self_scores.get(row, self.computed(row, weight))

    def assess(self, row: str, score: str) -> None:
        """Enter a self-assessed score."""
        self.self_scores[row] = Decimal(score)
        self.data["scores"].setdefault(row, {})["score"] = score

    def explain(self, row: str) -> None:
        """Enter why points were lost, and what is done about it."""
        reason, improvement = REASONS[row]
        self.data["scores"].setdefault(row, {}).update(reason=reason, improvement=improvement)

    @property
    def budget(self) -> dict[str, Decimal]:
        """The amounts entered, in 万元."""
        return {key: Decimal(value) for key, value in self.data["budget"].items()}

    def scale(self, factor: str | Decimal) -> None:
        """Multiply every amount, so that all sums and shares stay as they are."""
        for group, keys in (("budget", self.data["budget"]), ("data", MONEY)):
            for key in keys:
                amount = Decimal(self.data[group][key]) * Decimal(factor)
                self.data[group][key] = str(amount.quantize(CENT))


MONEY = ("adjusted_budget", "spent", "annual_budget", "carried_over")


@cache
def names() -> tuple[tuple[str, str, str], ...]:
    """Name, goal and completion of every department."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        return tuple((row["部门"], row["绩效目标"], row["完成情况"]) for row in csv.DictReader(file))


@cache
def _sample() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SAMPLE.read_text(encoding="utf-8"))
    return data


def completion_of(number: int) -> str:
    """What a department says it has done: long enough to be compared."""
    _, goal, completion = names()[number - 1]
    return f"围绕年初确定的目标，即{goal}，{completion}。"


def office(number: int, year: int = YEAR) -> Office:
    """A sound form: no errors, no warnings, nothing that departs from the other departments."""
    name, goal, _ = names()[number - 1]
    data = deepcopy(_sample())
    data["fields"] = {"department": name, "year": year, "scope": "本级", "unit_count": 1}
    data["goals"] = [{"goal": f"{goal}。", "completion": completion_of(number)}]
    data["units"] = []
    data["scores"] = {}
    made = Office(number, name, data)
    _enter_money(made)
    _enter_facts(made)
    _enter_indicators(made)
    for row in made.lost:
        made.explain(row)
    return made


def _enter_money(made: Office) -> None:
    """Between 800 and 8,000 万元; 88 to 100% of it is spent, which is that share of the 10 points."""
    adjusted = Decimal(100 * (8 + made.number * 37 % 72))
    total = adjusted + Decimal("12.34")
    spend(made, adjusted, Decimal(100 - made.number % 13))
    made.data["data"]["annual_budget"] = str(total)
    share = made.number % 5
    share_out(made, total, Decimal(35 - share))


def spend(made: Office, adjusted: Decimal, percent: Decimal) -> None:
    """Enter the share of the budget that was spent; what is left above 10% costs one point more."""
    spent = adjusted * percent / 100
    amounts = {"adjusted_budget": adjusted, "spent": spent, "carried_over": adjusted - spent}
    made.data["data"] |= {key: str(amount.quantize(CENT)) for key, amount in amounts.items()}
    if percent < 100:
        made.lost["spending_rate"] = (100 - percent) / 10
    if percent < 90:
        made.lost["carry_over_rate"] = Decimal(1)


def share_out(made: Office, total: Decimal, project_percent: Decimal) -> None:
    """Divide the budget: 10% and 5% for development, a share for projects, the rest for the office itself."""
    special, other = (total / 10).quantize(CENT), (total / 20).quantize(CENT)
    project = (total * project_percent / 100).quantize(CENT)
    superior = (total * 3 / 100).quantize(CENT)
    budget = {
        "total": total,
        "basic": total - project - special - other,
        "project": project,
        "special": special,
        "other_development": other,
        "district": special + other - superior,
        "superior": superior,
    }
    made.data["budget"] = {key: str(amount) for key, amount in budget.items()}


def _enter_facts(made: Office) -> None:
    """Some departments broke a rule once, or signed one contract of 20 too late; three are weak."""
    number, facts = made.number, made.data["data"]
    usual = (int(number % 6 == 1), int(number % 5 == 0), int(number % 4 == 0))
    lapses, violations, missing = WEAK.get(number, usual)
    lost = {
        "system_execution": Decimal(lapses),
        "finance_compliance": Decimal(violations) / 2,
        "performance_system": Decimal(missing),
    }
    made.lost |= {row: points for row, points in lost.items() if points}
    facts |= {rule: "否" if place < missing else "是" for place, rule in enumerate(RULES)}
    facts |= {
        "new_projects": 6,
        "new_projects_evaluated": 6,
        "finance_violations": violations,
        "key_opinions_mended": "是",
        "system_lapses": lapses,
        "intents_due": 12,
        "intents_published": 12,
        "intents_in_time": 12,
        "contracts": 20,
        "contracts_signed_in_time": 20,
        "contracts_filed_in_time": 20,
        "asset_data_errors": 0,
    }
    if number % 7 == 3:
        facts["contracts_signed_in_time"] = 19
        made.lost["contract_signing"] = Decimal("0.15")


def _enter_indicators(made: Office) -> None:
    """Four outputs, two benefits and a satisfaction; an output of four at 90% costs half a point of 20."""
    rows = [
        ("产出-数量", "年度重点工作完成数", "≥", "10", "项"),
        ("产出-质量", "验收合格率", "≥", "95", "%"),
        ("产出-时效", "按期完成率", "≥", "90", "%"),
        ("产出-成本", "单位成本", "≤", "12", "万元"),
        ("效益-社会", "受益人数", "≥", "5000", "人"),
        ("效益-生态", "能耗下降率", "≥", "3", "%"),
        ("满意度", "服务对象满意度", "≥", "90", "%"),
    ]
    keys = ("type", "name", "direction", "target", "unit")
    made.data["indicators"] = [{**dict(zip(keys, row, strict=True)), "actual": row[3]} for row in rows]
    made.data["scores"]["benefit_indicators"] = {"evidence": "满意度问卷 200 份及统计表"}
    done = 1 if made.number == WEAKEST else 9 if made.number % 9 == 4 else 10
    if done < 10:
        made.data["indicators"][0] |= {"actual": str(done), "reason": "因雨季推迟"}
        made.lost["output_indicators"] = Decimal(10 - done) / 10 * 20 / 4
