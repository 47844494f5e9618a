"""What the server makes of a file: the same as the command line says and prints."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.calling import call
from tests.forms_support import SHIPPED, Example
from tests.support import changed
from tests.web.working import examined, working_server
from zhengti_zip import load_form
from zhengti_zip.base.jsontext import json_text
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import printed
from zhengti_zip.submission.jsonform import from_data
from zhengti_zip.submission.source import Source
from zhengti_zip.web.server import Server
from zhengti_zip.web.work.refused import Refused
from zhengti_zip.web.work.tasks import Examined, FileRequest, examine_file
from zhengti_zip.workbook.write.writer import filled_workbook

SAMPLES = [Example(f.name, f, f.parents[1] / "samples" / f"{f.name}.json") for f in SHIPPED]
every_shipped = pytest.mark.parametrize("example", SAMPLES, ids=lambda example: example.name)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with working_server(tmp_path_factory.mktemp("server")) as made:
        yield made


def _examined(name: str, content: bytes) -> Examined:
    found = examine_file(FileRequest(name, content))
    assert not isinstance(found, Refused), found
    return found


@every_shipped
def test_the_prints_are_those_of_the_command_line(server: Server, example: Example, tmp_path: Path) -> None:
    name = f"{example.name} 甲.xlsx"
    content = filled_workbook(example.form, example.source.submission)
    (tmp_path / name).write_bytes(content)
    assert call("build", tmp_path / name, "-o", tmp_path / "out").code == 0
    file, made = examined(server, name, content)
    assert made["pdf"] == (tmp_path / "out" / f"{example.name} 甲.pdf").read_bytes()
    assert made["docx"] == (tmp_path / "out" / f"{example.name} 甲.docx").read_bytes()
    assert file.examination is not None
    pages = [made[f"page-{number}"] for number in range(1, file.examination["pages"] + 1)]
    assert all(page.startswith(b"\x89PNG") for page in pages) and f"page-{len(pages) + 1}" not in made
    assert made["workbook"] == content


@every_shipped
def test_every_kind_of_file_of_one_submission_gives_the_same_examination(example: Example) -> None:
    book = filled_workbook(example.form, example.source.submission)
    prints = printed(examine(example.source))
    wanted = _examined("甲.xlsx", book).examination
    assert wanted["total"] and len(wanted["rows"]) == len(examine(example.source).evaluation.rows)
    for suffix, content in {**prints, ".json": example.file.read_bytes()}.items():
        found = _examined(f"甲{suffix}", content)
        for key in ("form", "department", "total", "grade", "counts", "rows", "pages", "inputs"):
            assert found.examination[key] == wanted[key], (suffix, key)
        # The workbook made of it asks and holds the same at the same cells.
        again = _examined("甲.xlsx", found.files["workbook"].content)
        assert again.examination["inputs"] == wanted["inputs"], suffix


def _with(changes: dict[str, object]) -> Source:
    return from_data(changed(changes), load_form("haizhu-2022"))


def test_an_error_is_told_at_its_cell_and_the_print_is_a_draft(server: Server) -> None:
    source = _with({"budget.total": "1,2,3", "goals": []})
    content = json_text(changed({"budget.total": "1,2,3", "goals": []})).encode("utf-8")
    file, made = examined(server, "甲.json", content)
    found = file.examination
    assert found is not None and found["is_draft"] and found["counts"]["error"] == examine(source).error_count
    wrong = next(problem for problem in found["problems"] if problem["path"] == "budget.total")
    assert (wrong["sheet"], wrong["cell"], wrong["value"]) == ("部门预算", "B5", "1,2,3")
    # What could not be understood stands in the workbook that is offered for mending, as it was typed.
    assert found["inputs"]["部门预算!B5"]["value"] == "1,2,3"
    assert load_workbook(BytesIO(made["workbook"]))["部门预算"]["B5"].value == "1,2,3"
    # An empty table offers its first row.
    assert found["inputs"]["年度目标!B5"]["path"] == "goals.0.goal"
    assert "annotated" not in made
    assert {"pdf", "docx", "page-1"} <= made.keys()


def test_a_workbook_with_problems_is_annotated(server: Server) -> None:
    content = filled_workbook(load_form("haizhu-2022"), _with({"goals": []}).submission)
    _, made = examined(server, "甲.xlsx", content)
    assert load_workbook(BytesIO(made["annotated"])).sheetnames[0] == "问题清单"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("甲.xlsx", b"", "空文件"),
        ("甲.xlsx", b"PK\x03\x04 no zip file", "甲.xlsx"),
        ("甲.pdf", b"%PDF-1.7 of another program", "甲.pdf"),
        ("甲.json", b"[1]", "不是填报数据"),
        ("甲.doc", b"{\\rtf1 text}", "RTF"),
        ("甲.zip", b"Rar!", "压缩包"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_message(
    server: Server, name: str, content: bytes, words: str
) -> None:
    file, made = examined(server, name, content)
    assert file.examination is not None and made == {}
    assert words in file.examination["unreadable"]["message"] and file.examination["unreadable"]["remedy"]
    assert file.examination["counts"]["error"] == 1
