"""Two fictional forms whose rows are the department's own, filled in: tables of money, of goals and of indicators."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.submission.jsonform import from_data

FORMS = Path(__file__).resolve().parents[1] / "forms"
PROJECT, PROVINCE = "project-2031", "province-2031"


@cache
def own_form(name: str) -> FormDefinition:
    """One of the two forms."""
    return load_form(FORMS / name)


def row(kind: str, name: str, weight: str, **more: str) -> dict[str, str]:
    """A row of 绩效指标 that reached its target of 50个, unless ``more`` says otherwise."""
    found = {"type": kind, "name": name, "weight": weight, "direction": "≥", "target": "50", "unit": "个"}
    return found | {"actual": "50"} | more


PROJECT_ROWS = [
    row("产出指标-数量指标", "维修古桥", "10", target="12", unit="座", actual="12"),
    row(
        "产出指标-数量指标",
        "开展文物保护宣传活动",
        "10",
        actual="45",
        reason="汛期停办两场，已列入下年计划。",
    ),
    row("产出指标-质量指标", "工程验收合格率", "20", target="100", unit="%", actual="100", direction="="),
    row("产出指标-成本指标", "维修总成本", "10", target="90", unit="万元", actual="88.5", direction="≤"),
    {
        "type": "效益指标-社会效益指标",
        "name": "提升公众文物保护意识",
        "weight": "30",
        "direction": "定性",
        "target_text": "明显提升",
        "degree": "达成",
        "degree_percent": "95",
        "reason": "部分乡镇宣传不足，将增加巡展。",
    },
    row("满意度指标-服务对象满意度指标", "游客满意度", "10", target="90", unit="%", actual="93.2"),
]

PROJECT_DATA: dict[str, Any] = {
    "form": PROJECT,
    "fields": {
        "project": "青石镇古桥群抢救性维修",
        "department": "云上市文物局",
        "unit": "青石镇人民政府",
        "year": 2031,
        "filler": "林小满",
    },
    "goals": [
        {"goal": "完成十二座古桥维修。", "completion": "十二座古桥全部通过验收。"},
        {"goal": "建立日常巡查制度。", "completion": "已印发制度，\n每月巡查一次。"},
    ],
    "funds": {
        "total": {"initial": "1000000", "budget": "1000000", "spent": "957321.45"},
        "fiscal": {"initial": "900000", "budget": "900000", "spent": "890000"},
        "carried": {"initial": "0", "budget": "0", "spent": "0"},
        "other": {"initial": "100000", "budget": "100000", "spent": "67321.45"},
    },
    "indicators": PROJECT_ROWS,
}

PROVINCE_DATA: dict[str, Any] = {
    "form": PROVINCE,
    "fields": {
        "code": "YS-2031-0417",
        "project": "青石镇古桥群抢救性维修",
        "department": "云上市文物局",
        "unit": "青石镇人民政府",
        "year": 2031,
        "summary": "对十二座古桥加固桥基、修补桥面。\n全年完成全部工程。",
        "conclusion": "项目总体完成较好。",
        "leader": "周远",
    },
    "goals": PROJECT_DATA["goals"],
    "funds": {
        "total": {"initial": "100", "budget": "120", "spent": "105.5"},
        "fiscal": {"initial": "80", "budget": "100", "spent": "90.5"},
        "special": {"initial": "0", "budget": "0", "spent": "0"},
        "own": {"initial": "20", "budget": "20", "spent": "15"},
        "other": {"budget": "0", "spent": "0"},
    },
    "scores": {"execution_rate": {"reason": "一座桥的尾款按合同在下年支付。"}},
    "indicators": [
        row("产出指标-数量指标", "维修古桥", "30", target="12", unit="座", actual="12"),
        row("产出指标-数量指标", "开展宣传活动", "30", actual="45", reason="汛期停办两场。"),
        row("效益指标-社会效益指标", "受益村民人数", "30", target="3000", unit="人", actual="3100"),
    ],
}


MANY_ROWS = [
    row(kind, f"{kind[-4:-2]}第{number}项", "0.6", reason="另见说明。" * (number % 9))
    for kind, count in (("产出指标-数量指标", 40), ("产出指标-成本指标", 9), ("效益指标-社会效益指标", 12))
    for number in range(1, count + 1)
]

DATA = {PROJECT: PROJECT_DATA, PROVINCE: PROVINCE_DATA}


def own_table(name: str, **changes: Any) -> FormTable:
    """The printed grid of one of the forms, with some parts of its submission replaced."""
    return examine(from_data(DATA[name] | changes, own_form(name))).table
