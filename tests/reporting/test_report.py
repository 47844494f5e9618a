"""自评报告: its numbers are those of the form, its words those of the department, and nothing is invented."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copytree

import docx
import pytest
from openxml_audit import FileFormat, OpenXmlValidator
from pypdf import PdfReader

from tests.cli.calling import ROOT, call, sample, with_errors, written
from tests.forms_support import EVERY_FORM, Example
from zhengti_zip import read
from zhengti_zip.base.errors import FormDefinitionError
from zhengti_zip.base.markdown import Block, Heading, Table
from zhengti_zip.base.numbers import money
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.loader import load_form
from zhengti_zip.grid.examine import Examination, examine
from zhengti_zip.reporting.material import Material
from zhengti_zip.reporting.report import report_files
from zhengti_zip.reporting.template import report_blocks
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.problems import InputRefused

SAMPLES = (
    "haizhu-2022",
    "demo-2022",
    "project-national",
    "department-general",
    "sichuan-project-2023",
    "fixed-standards",
)
PARTS = [
    "一、基本情况",
    "二、绩效目标",
    "三、预算和支出情况",
    "四、完成情况",
    "五、存在的问题",
    "六、改进措施",
]


def examined(name: str) -> Examination:
    return examine(read(ROOT / "samples" / f"{name}.xlsx"))


def text_of(content: bytes) -> str:
    """The text of a Word file, tables included."""
    document = docx.Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def word_of(made: Examination, *, draft: bool = False) -> str:
    return text_of(report_files(made, [".docx"], draft=draft)[".docx"])


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_number_of_the_report_is_a_number_of_the_form(name: str) -> None:
    made = examined(name)
    table, submission = made.table, made.source.submission
    of_the_form = "\n".join([*table.title, *(cell.text for cell in table.cells)])
    entered = submission.to_json()  # amounts of 评分数据 and 单位明细 are in the workbook, not in print
    known = numbers_in(of_the_form) | numbers_in(entered) | {made.source.form.full_score}
    numbered = {Decimal(number + 1) for number in range(len(submission.goals))}
    assert numbers_in(word_of(made)) - known - numbered == set()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_has_every_part_every_score_and_every_word_of_the_department(name: str) -> None:
    made = examined(name)
    blocks = report_blocks(Material(made), made.source.form.folder)
    assert [block.text for block in blocks if isinstance(block, Heading) and block.level == 2] == PARTS
    text = word_of(made)
    submission, evaluation = made.source.submission, made.evaluation
    words = [part for goal in submission.goals for part in (goal.goal, goal.completion, goal.reason)]
    lost = [row.entry for row in evaluation.rows if row.is_below_weight]
    words += [part for entry in lost for part in (entry.reason, entry.improvement)]
    words += [
        str(value) for value in submission.fields.values() if isinstance(value, str) and "-" not in value
    ]
    for word in words:
        for line in word.split("\n"):
            assert line in text
    rows = [cell for block in blocks if isinstance(block, Table) for cell in block.rows]
    for row in evaluation.rows:
        assert any(
            row.context.name in cells and cells[-2:] == _points(row.weight, row.score) for cells in rows
        )
    assert f"自评总分{evaluation.total.normalize():f}分" in text if evaluation.total else True


def _points(weight: Decimal, score: Decimal | None) -> tuple[str, ...]:
    return tuple(f"{(value or Decimal(0)).normalize():f}" for value in (weight, score))


def test_amounts_stand_as_the_form_prints_them() -> None:
    made = examined("demo-2022")
    text = word_of(made)
    for amount in made.source.submission.budget.values():
        assert money(amount) in text
        assert any(cell.text == money(amount) for cell in made.table.cells)


@pytest.mark.parametrize("name", ["demo-2022", "sichuan-project-2023"])
def test_word_file_and_pdf_say_the_same_and_come_out_the_same_again(name: str) -> None:
    made = examined(name)
    files = report_files(made)
    assert files == report_files(examined(name))
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(files[".pdf"])).pages)
    printed = re.sub(r"—\s*\d+\s*—|\s", "", pages)
    for line in text_of(files[".docx"]).split("\n"):
        wanted = re.sub(r"\s", "", line)
        assert wanted in printed or len(wanted) > 60  # a long paragraph may go over a page


def test_what_is_missing_is_said_and_not_invented() -> None:
    data = sample()
    data["goals"] = []
    del data["fields"]["department"]
    data["budget"].pop("total")
    text = word_of(examine(from_data(data, load_form("haizhu-2022"))), draft=True)
    assert "没有填写年度目标。" in text
    assert "以下各项没有填写：部门名称" in text
    assert "未填写" in text


def test_a_text_full_of_marks_stays_a_text() -> None:
    data = sample()
    data["goals"] = [{"goal": "# 标题\n| 甲 | 乙 |\n{{ 7*7 }} \\n <b>1. & -", "completion": "已完成。"}]
    text = word_of(examine(from_data(data, load_form("haizhu-2022"))))
    for line in ("1.# 标题", "| 甲 | 乙 |", "{{ 7*7 }} \\n <b>1. & -"):
        assert line in text


@EVERY_FORM
def test_every_form_has_a_report_that_word_opens_without_repair(example: Example, tmp_path: Path) -> None:
    made = examine(example.source)
    content = report_files(made, [".docx"], draft=True)[".docx"]
    (tmp_path / "报告.docx").write_bytes(content)
    found = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(tmp_path / "报告.docx")
    assert [error.description for error in found.errors] == []
    assert example.source.submission.field_text(made.source.form.roles.department) in text_of(content)


def own_template(folder: Path, text: str) -> tuple[Block, ...]:
    """The report of the sample on a form that has a template of its own."""
    form = copytree(templates_dir() / "haizhu-2022", folder / "表")
    (form / "report.md.j2").write_text(text, encoding="utf-8")
    return report_blocks(Material(examine(from_data(sample(), load_form(form)))), form)


def test_a_form_may_replace_a_part_of_the_shared_template(tmp_path: Path) -> None:
    ending = '## 六、下一步\n{{ report.field("department") }}将改进。\n'
    text = f'{{% extends "shared/report.md.j2" %}}{{% block measures %}}\n{ending}{{% endblock %}}'
    headings = [b.text for b in own_template(tmp_path, text) if isinstance(b, Heading)]
    assert [heading for heading in headings if heading[:2] in ("五、", "六、")] == [
        "五、存在的问题",
        "六、下一步",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ report.nothing }}", " 第 1 行不能使用：没有“nothing”的内容"),
        ("一\n{% for %}", " 第 2 行不能使用：写法不对（Jinja2："),
        ("一\n{% if report.total %}", " 第 2 行不能使用：“if”没有结束，缺少“endif”"),
        ("{% endfor %}", " 第 1 行不能使用：这里不能有“endfor”"),
        ("{{ report.total | yuan }}", " 第 1 行不能使用：没有名为“yuan”的过滤器"),
        ("{{ report.total is paid }}", " 第 1 行不能使用：没有名为“paid”的判断"),
        ("{# 空 #}\n", "不能使用：没有写出任何内容"),
        ("| 甲 |\n| 乙 |", "不能使用：写出的“| 乙 |”不对：表头下面一行应写明各栏怎样对齐"),
        ("{{ report.__class__.__mro__ }}", " 第 1 行不能使用：不允许这样写（不能取用“__class__”）"),
        ("{{ report._form.folder.read_text() }}", " 第 1 行不能使用：不允许这样写（不能取用“_form”）"),
        ("{{ report.figures._entry.form.folder }}", "不允许这样写（不能取用“_entry”）"),
        ("{{ report.form }}", "没有“form”的内容"),
        ("一\n\n{% include '../../pyproject.toml' %}", " 第 3 行不能使用：没有模板“../../pyproject.toml”"),
        ("{{ 1 // 0 }}", " 第 1 行不能使用：运行时出错（ZeroDivisionError："),
    ],
)
def test_a_template_with_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FormDefinitionError) as caught:
        own_template(tmp_path, text)
    assert "表/report.md.j2" in caught.value.message
    assert words in caught.value.message


def test_a_template_that_is_no_utf_8_is_told_so(tmp_path: Path) -> None:
    form = copytree(templates_dir() / "haizhu-2022", tmp_path / "表")
    (form / "report.md.j2").write_bytes("# 报告\n".encode("gb18030"))
    with pytest.raises(FormDefinitionError, match=r"report\.md\.j2不能使用：不是 UTF-8 编码的文件"):
        report_blocks(Material(examine(from_data(sample(), load_form(form)))), form)


def test_an_input_with_errors_is_refused_as_by_build(tmp_path: Path) -> None:
    file, output = with_errors(tmp_path), tmp_path / "报告.docx"
    refused = call("report", file, "-o", output)
    assert (refused.code, refused.out, output.exists()) == (1, "", False)
    assert "填报数据有错误，未生成报告" in refused.err
    drafted = call("report", file, "-o", output, "--draft")
    assert (drafted.code, drafted.out) == (0, f"{output}\n")
    assert "草稿" in drafted.err
    assert "PowerPlusWaterMarkObject" in "".join(
        section.header.part.element.xml for section in docx.Document(str(output)).sections
    )


def test_a_draft_of_a_sound_input_has_no_watermark() -> None:
    made = examined("demo-2022")
    assert report_files(made, draft=True) == report_files(made)
    bad = examine(from_data({**sample(), "goals": []}, load_form("haizhu-2022")))
    with pytest.raises(InputRefused):
        report_files(bad)


def test_outputs_are_checked_before_any_work(tmp_path: Path) -> None:
    file = written(tmp_path, sample())
    wrong = call("report", file, "-o", tmp_path / "报告.doc")
    assert (wrong.code, wrong.out) == (2, "")
    assert "这里生成的是 Word 文件（.docx）或 PDF（.pdf）" in wrong.err
    there = tmp_path / "报告.pdf"
    there.write_bytes(b"mine")
    kept = call("report", file, "-o", there)
    assert (kept.code, there.read_bytes()) == (4, b"mine")
    assert call("report", file, "-o", there, "--force").code == 0
    assert there.read_bytes().startswith(b"%PDF")
