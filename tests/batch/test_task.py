"""The work on one file: bytes in, a result and bytes out."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.batch.offices import ROOT, SAMPLE, office, workbook
from zhengti_zip.base.errors import RenderError, UsageProblem
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.batch import digests
from zhengti_zip.batch.digests import completed, settings_digest
from zhengti_zip.batch.result import Result
from zhengti_zip.batch.settings import BatchSettings
from zhengti_zip.batch.task import Answer, Task, process
from zhengti_zip.printing.options import PrintOptions

DOCX = BatchSettings(prints=PrintOptions(pdf=False))


def as_json(number: int = 1) -> bytes:
    return json.dumps(office(number), ensure_ascii=False).encode("utf-8")


def worked(name: str, content: bytes, options: BatchSettings = DOCX) -> Answer:
    """Task and answer go through pickle, as between processes."""
    task = pickle.loads(pickle.dumps(Task(name, content, options)))
    answer: Answer = pickle.loads(pickle.dumps(process(task)))
    return answer


def test_a_sound_file() -> None:
    answer = worked("街道/甲.json", as_json())
    result = answer.result
    assert (result.name, result.is_done, result.form) == ("街道/甲.json", True, "haizhu-2022")
    assert (result.department, result.year) == ("虚构市第1局", 2022)
    assert result.total == sum(Decimal(row["score"]) for row in office(1)["scores"].values())
    assert result.grade == "优"
    assert result.scores["spending_rate"] == Decimal(office(1)["scores"]["spending_rate"]["score"])
    assert result.budget["total"] == Decimal(office(1)["budget"]["total"])
    assert list(answer.files) == [".docx"]
    assert result.seconds > 0
    assert Result.from_json(result.to_json()) == result


def test_a_workbook_with_errors_comes_back_marked() -> None:
    answer = worked("乙.xlsx", workbook(2, faulty=True))
    assert list(answer.files) == ["-标注.xlsx"]
    errors = [problem for problem in answer.result.problems if problem.severity == "error"]
    assert [(problem.code, problem.place, problem.label) for problem in errors] == [
        ("missing", "部门预算!B5", "总预算")
    ]
    assert not answer.result.is_done and answer.is_final


def test_json_data_with_errors_has_no_annotated_copy() -> None:
    data = office(1)
    del data["budget"]["total"]
    assert worked("丙.json", json.dumps(data).encode()).files == {}


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"{", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"hello"])
def test_an_unreadable_file_is_named(content: bytes) -> None:
    answer = worked("街道/坏.xlsx", content)
    (problem,) = answer.result.problems
    assert (problem.code, answer.files, answer.is_final) == ("unreadable", {}, True)
    assert problem.message.startswith("坏.xlsx") and problem.remedy


def test_another_form_than_asked_for() -> None:
    form = str(Path(__file__).parents[1] / "forms" / "fictional-2031")
    (problem,) = worked("甲.json", as_json(), BatchSettings(form=form)).result.problems
    assert problem.code == "unreadable" and "fictional-2031" in problem.message


def test_a_rendering_error_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def complain(*_: object, **__: object) -> None:
        raise RenderError("排版引擎报告了问题", "请交给维护人员")

    monkeypatch.setattr("zhengti_zip.printing.build.printed", complain)
    answer = process(Task("甲.json", as_json(), DOCX))
    assert [problem.code for problem in answer.result.problems] == ["not_printed"]


def test_the_settings_digest_covers_what_changes_the_output() -> None:
    plain = completed(BatchSettings())
    others = [
        completed(BatchSettings(prints=PrintOptions(docx=False))),
        completed(BatchSettings(prints=PrintOptions(draft=True))),
        completed(BatchSettings(prints=PrintOptions(page_numbers=True))),
        completed(BatchSettings(form="haizhu-2022")),
        completed(BatchSettings(epoch=2_000_000_000)),
    ]
    assert len({settings_digest(options) for options in (plain, *others)}) == 6
    assert completed(plain) == plain


def test_a_changed_form_folder_is_another_form(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    text = (templates_dir() / "haizhu-2022" / "form.yaml").read_text(encoding="utf-8")
    seen = set()
    for ending in ("", "\n# changed\n"):
        file.write_text(text + ending, encoding="utf-8")
        digests.resource_digest.cache_clear()
        seen.add(completed(BatchSettings(form=str(tmp_path))).resources)
    assert len(seen) == 2


def test_an_unusable_font_is_reported_before_the_work() -> None:
    with pytest.raises(UsageProblem, match="字体"):
        completed(BatchSettings(fonts=(str(SAMPLE),)))


def test_get_ready_imports_exactly_what_a_file_needs() -> None:
    script = """
import sys
from zhengti_zip.batch.settings import BatchSettings
from zhengti_zip.batch.task import get_ready
from zhengti_zip.printing.options import PrintOptions
assert not {"pydantic", "weasyprint", "docx"} & sys.modules.keys(), "who gives out tasks needs none of it"
get_ready(BatchSettings(form="没有这种表"))
get_ready(BatchSettings(prints=PrintOptions(pdf=False)))
assert {"pydantic", "docx", "zhengti_zip.workbook.read.reader"} <= sys.modules.keys()
assert "weasyprint" not in sys.modules
get_ready(BatchSettings())
assert "weasyprint" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_a_result_keeps_the_scores_of_every_row() -> None:
    data = office(1)
    data["data"] = {"adjusted_budget": "1000", "spent": "900"}
    data["scores"]["spending_rate"] |= {"score": "9.50"}
    answer = worked("甲.json", as_bytes(data))
    rows = {row.key: row for row in answer.result.rows}
    assert sum(row.weight for row in rows.values()) == 100
    rate = rows["spending_rate"]
    assert (rate.self_score, rate.computed, rate.score) == (Decimal("9.5"), Decimal(9), Decimal("9.5"))
    assert sum(row.score or Decimal(0) for row in rows.values()) == answer.result.total
    assert Result.from_json(answer.result.to_json()).rows == answer.result.rows


@pytest.mark.parametrize(("length", "kept"), [(29, 0), (30, 30), (2000, 2000), (2001, 2000)])
def test_a_result_keeps_long_texts_with_their_cells(length: int, kept: int) -> None:
    data = office(1)
    data["goals"] = [{"goal": "完", "completion": "一" * length}]
    texts = {text.path: text for text in worked("甲.json", as_bytes(data)).result.texts}
    text = texts.get("goals.0.completion")
    assert (len(text.text) if text else 0) == kept
    assert text is None or (text.label, text.place) == ("第 1 条 完成情况", "goals[0].completion")


@pytest.mark.parametrize(("last", "kept"), [(29, 9), (2000, 10), (2001, 10)])
def test_long_texts_up_to_20000_characters_are_kept(last: int, kept: int) -> None:
    result = with_goals([2000] * 9 + [last])
    assert (len(result.texts), result.texts_left, result.texts_cut) == (kept, 0, int(last > 2000))


def test_of_more_long_texts_the_first_are_kept_and_the_others_counted() -> None:
    result = with_goals([2001, *[2000] * 8, 1971, 30, 2000])  # 19,971 characters are kept
    assert [text.path for text in result.texts] == [f"goals.{number}.goal" for number in range(10)]
    assert (result.texts_left, result.texts_cut) == (2, 1)
    assert Result.from_json(result.to_json()) == result


def with_goals(lengths: Sequence[int]) -> Result:
    """The result of a form whose goals have so many characters, and no other long texts."""
    data = office(1)
    data["goals"] = [{"goal": "一" * length, "completion": "完成"} for length in lengths]
    return worked("甲.json", as_bytes(data)).result


def as_bytes(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8")
