"""Forms that are hard to divide into pages: very long goals, groups over several pages or at a page's foot;
and forms whose rows are the department's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.grid.own_rows import MANY_ROWS, PROJECT, PROVINCE, own_table
from zhengti_zip import load_form, read
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.jsonform import from_data

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SENTENCE = (
    "完善预算绩效管理制度，强化事前评估、运行监控和结果应用，做到花钱必问效、无效必问责；全年开展培训12场。"
)


def words(count: int) -> str:
    """A text of ``count`` characters."""
    return (SENTENCE * (count // len(SENTENCE) + 1))[:count]


def sample(name: str) -> FormTable:
    """The printed grid of a sample."""
    source = read(SAMPLES / f"{name}.json")
    return examine(source).table


def changed(goals: list[dict[str, str]] | None = None, reasons: dict[str, int] | None = None) -> FormTable:
    """The published form with other goals, or with reasons of the given lengths for some rows."""
    data: dict[str, Any] = dict(read(SAMPLES / "haizhu-2022.json").submission.as_data())
    if goals is not None:
        data["goals"] = goals
    for row, count in (reasons or {}).items():
        data["scores"][row] = {"score": "0", "reason": words(count), "improvement": words(count // 2)}
    source = from_data(data, load_form())
    return examine(source).table


def goal(count: int) -> dict[str, str]:
    """A goal whose completion has ``count`` characters."""
    return {"goal": words(count // 2), "completion": words(count)}


PROCUREMENT = ("procurement_control", "procurement_compliance", "contract_signing", "contract_filing")

CASES = {
    "published": lambda: sample("haizhu-2022"),
    "demo": lambda: sample("demo-2022"),
    "short-goals": lambda: changed([{"goal": "完成年度任务。", "completion": "已完成。"}]),
    "group-over-three-pages": lambda: changed([goal(100)], dict.fromkeys(PROCUREMENT, 900)),
    "one-row-group-at-the-foot": lambda: changed([goal(1190)]),
    "long-goals": lambda: changed([goal(30000)]),
    "project": lambda: own_table(PROJECT),
    "province": lambda: own_table(PROVINCE),
    "many-rows": lambda: own_table(PROJECT, indicators=MANY_ROWS),
}
