"""What ``=`` asks for: the hint, the guide, the rules and the live 完成率 say what the form's parameter says."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support import definition_text
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import load_form
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.rules.indicator import EqualMeans
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.scoring.rulebook import rulebook
from zhengti_zip.submission.inputs import indicator_parts
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.workbook.defined_names import result_name
from zhengti_zip.workbook.write.writer import filled_workbook

PARAMETER = pytest.mark.parametrize("equal", list(EqualMeans))


def form_with(equal: EqualMeans, folder: Path) -> FormDefinition:
    """haizhu-2022 with the parameter on both of its completion rules."""
    text = definition_text()
    for groups in ("groups: [产出]", "groups: [效益, 满意度]"):
        text = text.replace(groups, f"{groups}\n                    equal: {equal.value}")
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    return load_form(folder)


def rows(*actuals: str) -> list[dict[str, str]]:
    row = {"type": "产出-数量", "name": "报送", "direction": "=", "target": "12"}
    return [{**row, "actual": actual} for actual in actuals]


@PARAMETER
def test_hint_guide_and_rules_say_the_same(equal: EqualMeans, tmp_path: Path) -> None:
    form = form_with(equal, tmp_path)
    hints = {part.id: part.help for part in indicator_parts(form)}
    assert ("正好达到" in hints["direction"]) is (equal is EqualMeans.EXACT)
    assert ("超过不加分" in hints["direction"]) is (equal is EqualMeans.REACHED)
    assert any(equal.rule in cell for entry in rulebook(form) for cell in entry.cells())
    book = load_workbook(BytesIO(filled_workbook(form, from_data({"form": form.id}, form).submission)))
    guide = [str(cell.value) for row in book["填报说明"].iter_rows() for cell in row if cell.value]
    assert sum(equal.rule in sentence for sentence in guide) == 1
    other = EqualMeans.EXACT if equal is EqualMeans.REACHED else EqualMeans.REACHED
    assert not any(other.rule in sentence for sentence in guide)


def test_the_default_is_what_the_published_rule_says() -> None:
    assert load_form().equal_means is EqualMeans.REACHED


@needs_libreoffice
@pytest.mark.slow
@PARAMETER
def test_the_live_score_is_the_engines(equal: EqualMeans, tmp_path: Path) -> None:
    form = form_with(equal, tmp_path)
    files, wanted = [], []
    for number, actuals in enumerate((["12"], ["13"], ["11"], ["24", "24.5"], ["-1", "12"], ["0", "18"])):
        given = from_data({"form": form.id, "indicators": rows(*actuals)}, form).submission
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(filled_workbook(form, given))
        [row] = [row for row in evaluate(form, given).rows if row.context.row.id == "output_indicators"]
        wanted.append(row.computed)
    name, found = result_name("computed.output_indicators"), []
    for file in convert(files, tmp_path / "out", "xlsx"):
        book = load_workbook(file, data_only=True)
        [(sheet, cell)] = book.defined_names[name].destinations
        found.append(Decimal(format(book[sheet][cell].value, ".12g")))
    assert found == wanted
    assert None not in wanted
