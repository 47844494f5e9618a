"""A sound submission of a form whose rows are the department's own, and what changes of it give."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.support import GONE, Changes, Found
from zhengti_zip import load_form
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.submission.jsonform import from_data

FORM_ID = "project-national"


def form(**changes: Any) -> FormDefinition:
    """The form, with some keys of its definition replaced."""
    return load_form(FORM_ID).model_copy(update=changes) if changes else load_form(FORM_ID)


def row(kind: str, name: str, weight: str, **parts: Any) -> dict[str, Any]:
    """A row of 绩效指标 that reached its target."""
    measured = {"direction": "≥", "target": "20", "actual": "20", "unit": "个"}
    return {"type": kind, "name": name, "weight": weight, **measured, **parts}


def sound() -> dict[str, Any]:
    """Plain data of a submission there is nothing to say about."""
    return {
        "form": FORM_ID,
        "fields": {"project": "老旧小区改造", "authority": "住房局", "unit": "房屋中心", "year": 2025},
        "goals": [{"goal": "改造小区 20 个。", "completion": "已改造 20 个。"}],
        "funds": {
            "total": {"initial": "1000", "budget": "1260.5", "spent": "1260.5"},
            "fiscal": {"initial": "900", "budget": "1100.5", "spent": "1100.5"},
            "carried": {"initial": "100", "budget": "100", "spent": "100"},
            "other": {"initial": "0", "budget": "60", "spent": "60"},
        },
        "indicators": [
            row("产出指标-数量指标", "改造小区", "30"),
            row("产出指标-质量指标", "验收合格率", "20", unit="%", target="95", actual="100"),
            row(
                "效益指标-社会效益指标",
                "居住条件改善",
                "30",
                direction="定性",
                target="",
                actual="",
                unit="",
                target_text="明显改善",
                degree="达成",
                degree_percent="100",
            ),
            row("满意度指标-服务对象满意度指标", "居民满意度", "10", unit="%", target="90", actual="93"),
        ],
    }


def changed(changes: Changes) -> dict[str, Any]:
    """The sound submission with the values at some paths replaced."""
    data = deepcopy(sound())
    for path, value in changes.items():
        *above, last = path.split(".")
        target: Any = data
        for key in above:
            target = target[int(key)] if isinstance(target, list) else target.setdefault(key, {})
        if value is GONE:
            del target[int(last) if isinstance(target, list) else last]
        elif isinstance(target, list) and int(last) == len(target):
            target.append(value)
        else:
            target[int(last) if isinstance(target, list) else last] = value
    return data


def examined(changes: Changes | None = None, definition: FormDefinition | None = None) -> Examination:
    """The sound submission after some changes, examined."""
    return examine(from_data(changed(changes or {}), definition or form()))


def found(changes: Changes | None = None, definition: FormDefinition | None = None) -> list[Found]:
    """What is wrong with it."""
    return [(str(p.severity), p.code, p.path) for p in examined(changes, definition).problems]
