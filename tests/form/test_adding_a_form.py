"""docs/adding-a-form.md: its form works, and it describes every key there is and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from pypdf import PdfReader

import zhengti_zip.form
from tests.cli.calling import call, written
from tests.forms_support import ROOT
from zhengti_zip.form.base import Part
from zhengti_zip.form.consistency.shown import COMPUTED_PARTS, fixed_parts
from zhengti_zip.form.loader import load_form
from zhengti_zip.form.rules import rule_kinds
from zhengti_zip.form.rules.rule import Rule
from zhengti_zip.formtools import checkup
from zhengti_zip.formtools.casefile import CASE_KEYS, DATA_KEYS
from zhengti_zip.formtools.checkup import check_up

TEXT = (ROOT / "docs" / "adding-a-form.md").read_text(encoding="utf-8")
WALK, REFERENCE = TEXT.split("\n## Reference\n")
SECTIONS = {
    section.partition("\n")[0]: re.findall(r"(?m)^\| `([^`]+)` \|", section)
    for section in REFERENCE.split("\n### ")[1:]
}


def parts(root: type[Part] = Part) -> Iterator[type[Part]]:
    """Every part of a definition; what tests make for themselves does not count."""
    for part in root.__subclasses__():
        if part.__module__.startswith("zhengti_zip."):
            yield part
        yield from parts(part)


for module in iter_modules(zhengti_zip.form.__path__, "zhengti_zip.form."):
    import_module(module.name)
PARTS = list(parts())


def own_keys(part: type[Part]) -> set[str]:
    """Its keys but for those its section need not repeat."""
    inherited = {key for base in part.__mro__[1:] for key in getattr(base, "model_fields", {})}
    keys = {
        field.alias or key
        for key, field in part.model_fields.items()
        if not field.exclude and key not in inherited
    }
    return keys | {"kind"} if part is Rule else keys


@pytest.mark.parametrize("part", PARTS, ids=lambda part: str(part.__name__))
def test_every_key_is_described_once_and_no_other(part: type[Part]) -> None:
    documented = SECTIONS[part.__name__]
    assert len(set(documented)) == len(documented)
    assert set(documented) == own_keys(part)


def test_there_is_no_section_of_anything_else() -> None:
    assert set(SECTIONS) == {part.__name__ for part in PARTS} | {"cases.yaml"}


def test_every_key_of_a_case_is_described() -> None:
    assert SECTIONS["cases.yaml"] == [*CASE_KEYS, *DATA_KEYS]


def test_every_kind_of_rule_and_every_thing_to_show_is_named() -> None:
    kinds = re.findall(r"(?m)^\| `([a-z_]+)` \| (\S+) \|", WALK)
    assert dict(kinds) == {kind: rule.title for kind, rule in rule_kinds().items()}
    parts = (*fixed_parts(load_form()), *COMPUTED_PARTS)
    shown = [
        "level1.name",
        "level1.weight",
        "indicator.name",
        "indicator.explanation",
        *map("row.{}".format, parts),
    ]
    assert [show for show in shown if f"`{show}`" not in REFERENCE] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The form of the walk, put together from its blocks."""
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```", WALK)
    cases = [block for block in blocks if block.startswith("- 名称")]
    made = tmp_path / "hedong-2032"
    made.mkdir()
    (made / "cases.yaml").write_text("\n".join(cases), encoding="utf-8")
    definition = "\n".join(block for block in blocks if block not in cases)
    (made / "form.yaml").write_text(definition, encoding="utf-8")
    return made


def test_the_form_of_the_walk_has_no_mistakes_and_its_cases_hold(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "find_office", lambda: None)
    found = check_up(folder, cases=True)
    said = [m.message for m in found.mistakes if "LibreOffice" not in m.message]
    assert [words for words in said if "案例" not in words] == []
    assert "“绩效指标完成情况”没有案例" in said  # the walk shows some cases, not all
    assert len(found.cases) >= 6
    assert [str(d) for result in found.cases for d in result.mismatches] == []


def test_the_form_of_the_walk_is_filled_in_and_printed(folder: Path, tmp_path: Path) -> None:
    data = {
        "form": "hedong-2032",
        "fields": {"department": "河东市图书馆", "year": 2032, "kind": "事业单位"},
        "goals": [{"goal": "开放阅览室三百天。", "completion": "开放三百一十天。"}],
        "budget": {"approved": "120", "basic": "100", "project": "20"},
        "scores": {context.row.id: {"score": str(context.row.weight)} for context in load_form(folder).rows},
    }
    book = tmp_path / "图书馆.xlsx"
    assert call("fill", written(tmp_path, data), "-o", book, "--form", folder).code == 0
    outcome = call("build", book, "-o", tmp_path, "--form", folder)
    assert outcome.code == 0
    assert "等级：好" in outcome.err
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "图书馆.pdf").pages)
    assert "河东市图书馆" in text
    assert "☑好" in text.replace(" ", "")


def test_the_commands_of_the_walk_exist() -> None:
    commands = set(re.findall(r"(?m)^zhengti-zip ([a-z]+)(?: (new|check|preview|schema))? ", WALK))
    plain = {(name, "") for name in ("rules", "template", "build", "upgrade", "fill")}
    assert commands == {("form", "new"), ("form", "check"), ("form", "preview"), *plain}
    for command, below in commands:
        assert call(command, *([below] if below else []), "--help").code == 0
