"""``zhengti-zip batch`` as a bureau uses it: a folder in, forms, marked copies and a summary out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.batch.offices import office, tree, workbook, write, write_faulty
from tests.cli.calling import call, environment, spawn
from zhengti_zip.batch.batchjson import batch_data
from zhengti_zip.batch.journal import NAME
from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.session import BatchOutcome

pytestmark = pytest.mark.slow

SUMMARIES = {"汇总表.xlsx", "汇总报告.pdf"}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mixed batch after one run: inputs in 填报, outputs in 输出, its messages in out and err."""
    folder = tmp_path_factory.mktemp("batch")
    inputs = folder / "填报"
    write(inputs, 1)
    write_faulty(inputs, 2)
    write(inputs / "街道", 3, "某街道.json")
    again = write(inputs / "街道", 3, "某街道（重报）.json")
    again.write_text(
        again.read_text(encoding="utf-8").replace("有项目延期", "有两个项目延期"), encoding="utf-8"
    )
    (inputs / "甲局.xlsx").write_bytes(workbook(4))
    (inputs / "乙局.xlsx").write_bytes(workbook(5, faulty=True))
    (inputs / "坏.xlsx").write_bytes(b"PK\x03\x04 no more")
    (inputs / "说明.txt").write_text("虚构", encoding="utf-8")
    with zipfile.ZipFile(inputs / "二批.zip", "w") as archive:
        archive.writestr("丙局.json", json.dumps(office(6), ensure_ascii=False))
    outcome = spawn("batch", inputs, "-o", folder / "输出", "--log-file", folder / "日志.jsonl")
    assert outcome.code == 5, outcome.err
    (folder / "out").write_text(outcome.out, encoding="utf-8")
    (folder / "err").write_text(outcome.err, encoding="utf-8")
    return folder


def printed(*stems: str) -> set[str]:
    return {stem + ending for stem in stems for ending in (".pdf", ".docx")}


def test_the_files_written(done: Path) -> None:
    sound = printed("局0001", "甲局", "二批/丙局", "街道/某街道", "街道/某街道（重报）")
    assert set(tree(done / "输出")) == sound | {"乙局-标注.xlsx"} | SUMMARIES
    assert [f.name for f in (done / "输出").iterdir() if f.name.startswith(".")] == [NAME]


def test_the_files_are_those_of_build(done: Path) -> None:
    assert call("build", done / "填报" / "甲局.xlsx", "-o", done / "单独").code == 0
    alone = tree(done / "单独")
    assert alone == {name: tree(done / "输出")[name] for name in alone}
    assert set(alone) == printed("甲局")


def test_messages_on_stderr_and_summaries_on_stdout(done: Path) -> None:
    said = (done / "err").read_text(encoding="utf-8")
    assert "跳过 1 个文件（普通文本）：说明.txt" in said
    assert "部门预算!B5：“总预算”没有填写" in said
    assert "“虚构市第3局”有 2 份内容不同的填报文件，另见 街道/某街道（重报）.json" in said
    assert "有错误的工作簿已另存为“*-标注.xlsx”" in said
    assert f"完成 3 份，失败 5 份；生成的文件在 {done / '输出'}" in said
    names = [Path(line).name for line in (done / "out").read_text(encoding="utf-8").splitlines()]
    assert set(names) == SUMMARIES


def test_the_marked_copy_shows_the_problem(done: Path) -> None:
    book = load_workbook(BytesIO(tree(done / "输出")["乙局-标注.xlsx"]))
    assert book.sheetnames[0] == "问题清单"
    comment = book["部门预算"]["B5"].comment
    assert comment is not None and "没有填写" in comment.text
    book.close()


def test_the_log_has_a_line_for_every_file(done: Path) -> None:
    lines = [json.loads(line) for line in (done / "日志.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [lines[0]["event"], lines[-1]["event"]] == ["start", "finish"]
    assert (lines[0]["files"], lines[-1]["done"], lines[-1]["failed"]) == (8, 3, 5)
    files = {line["file"]: line for line in lines if line["event"] == "file"}
    assert len(files) == 8
    sound = files["甲局.xlsx"]
    assert (sound["status"], sound["department"]) == ("done", "虚构市第4局")
    assert sound["outputs"] == ["甲局.pdf", "甲局.docx"]
    assert len(sound["sha256"]) == 64 and sound["seconds"] > 0
    assert files["坏.xlsx"]["problems"] == [{"severity": "error", "code": "unreadable", "place": ""}]


def test_given_again_it_has_nothing_to_do(done: Path) -> None:
    before = {path: (done / "输出" / path).stat().st_mtime_ns for path in tree(done / "输出")}
    content = tree(done / "输出")
    outcome = call("batch", done / "填报", "-o", done / "输出")
    assert outcome.code == 5
    assert "8 份以前已处理，内容没有变化，未重做" in outcome.err
    assert tree(done / "输出") == content
    after = {path: (done / "输出" / path).stat().st_mtime_ns for path in content}
    assert {path for path in content if before[path] != after[path]} <= SUMMARIES


def test_the_batch_succeeds_after_corrections(done: Path) -> None:
    inputs = done / "填报"
    write(inputs, 2)
    (inputs / "乙局.xlsx").write_bytes(workbook(5))
    (inputs / "坏.xlsx").unlink()
    (inputs / "街道" / "某街道（重报）.json").unlink()
    outcome = call("batch", inputs, "-o", done / "输出")
    assert outcome.code == 0, outcome.err
    assert "以前生成的 2 个文件已没有对应的填报文件，已删除" in outcome.err
    sound = printed("局0001", "局0002", "甲局", "乙局", "二批/丙局", "街道/某街道")
    assert set(tree(done / "输出")) == sound | SUMMARIES


def test_pdf_or_docx_alone_and_page_numbers(tmp_path: Path) -> None:
    write(tmp_path / "填报", 1)
    assert call("batch", tmp_path / "填报", "-o", tmp_path / "a", "--docx", "--page-numbers").code == 0
    assert set(tree(tmp_path / "a")) == {"局0001.docx"} | SUMMARIES
    assert call("batch", tmp_path / "填报", "-o", tmp_path / "a", "--pdf").code == 0
    assert set(tree(tmp_path / "a")) == {"局0001.pdf"} | SUMMARIES, "what is no longer asked for goes"


def test_a_draft_of_a_faulty_form_still_counts_as_failed(tmp_path: Path) -> None:
    write_faulty(tmp_path / "填报", 1)
    outcome = call("batch", tmp_path / "填报", "-o", tmp_path / "a", "--docx", "--draft")
    assert outcome.code == 5
    assert set(tree(tmp_path / "a")) == {"局0001.docx"} | SUMMARIES


def test_nothing_to_work_on_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    outcome = call("batch", tmp_path / "空", "-o", tmp_path / "a")
    assert (outcome.code, outcome.out) == (1, "")
    assert "没有找到填报文件" in outcome.err
    assert not (tmp_path / "a").exists()


def test_wrong_calls(tmp_path: Path) -> None:
    inputs = write(tmp_path / "填报", 1).parent
    out = tmp_path / "a"
    for code, words, arguments in (
        (2, "缺少选项 -o", [inputs]),
        (2, "缺少参数", ["-o", out]),
        (1, "找不到", [tmp_path / "没有", "-o", out]),
        (4, "不能就是填报文件所在的文件夹", [inputs, "-o", inputs]),
        (2, "haizhu-1999", [inputs, "-o", out, "--form", "haizhu-1999"]),
        (2, "字体", [inputs, "-o", out, "--font", inputs / "局0001.json"]),
        (2, "--workers", [inputs, "-o", out, "--workers", "0"]),
        (4, "日志", [inputs, "-o", out, "--log-file", inputs]),
    ):
        outcome = call("batch", *arguments)
        assert (outcome.code, outcome.out) == (code, ""), arguments
        assert words in outcome.err
    assert tree(out) == {}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of any bytes")
def test_file_names_that_are_not_utf_8(tmp_path: Path) -> None:
    """As a program leaves them that unpacks names in GBK on Linux."""
    odd = os.fsdecode(b"\xff\xd5")
    inputs, out, log = tmp_path / "填报", tmp_path / odd, tmp_path / "log"
    write(inputs, 1)
    write(inputs, 2, f"{odd}.json")
    (inputs / os.fsdecode("乙局.xlsx".encode("gbk"))).write_bytes(workbook(3, faulty=True))
    (inputs / f"{odd}.xlsx").write_bytes(b"")
    (inputs / f"{odd}.zip").write_bytes(b"PK")
    for fate in ("worked", "kept"):
        log.unlink(missing_ok=True)
        outcome = spawn("batch", inputs, "-o", out, "--log-file", log)
        assert outcome.code == 5 and "内部错误" not in outcome.err, outcome.err
        assert "\ufffd\ufffd.xlsx 是空文件" in outcome.err and "\ufffd\ufffd.zip 已损坏" in outcome.err
        files = {
            line["file"]: line
            for line in map(json.loads, log.read_text(encoding="utf-8").splitlines())
            if line["event"] == "file"
        }
        assert (files["\ufffd\ufffd.json"]["status"], files["\ufffd\ufffd.json"]["fate"]) == ("done", fate)
        assert set(tree(out)) == printed("局0001", "__.json") | {"_\u04be_-标注.xlsx"} | SUMMARIES
    book = load_workbook(out / "汇总表.xlsx")
    text = {str(cell) for sheet in book for row in sheet.values for cell in row}
    assert "\ufffd\ufffd.zip" in text
    book.close()


def test_folders_and_archives_with_names_of_outputs(tmp_path: Path) -> None:
    inputs, out = tmp_path / "填报", tmp_path / "输出"
    write(inputs, 1, "甲.json")
    write(inputs / "甲.docx", 2, "乙.json")
    write(inputs / "汇总表.xlsx", 3, "丙.json")
    with zipfile.ZipFile(inputs / "汇总报告.pdf.zip", "w") as archive:
        archive.writestr("丁.json", json.dumps(office(4), ensure_ascii=False))
    wanted = {"甲.json.docx", "甲.docx/乙.docx", "_汇总表.xlsx/丙.docx", "_汇总报告.pdf/丁.docx"} | SUMMARIES
    for _ in range(2):
        outcome = call("batch", inputs, "-o", out, "--docx")
        assert outcome.code == 0, outcome.err
        assert set(tree(out)) == wanted
    (inputs / "甲.docx" / "乙.json").unlink()
    assert call("batch", inputs, "-o", out, "--docx").code == 0
    assert set(tree(out)) == wanted - {"甲.docx/乙.docx", "甲.json.docx"} | {"甲.docx"}, (
        "its place is free again"
    )
    write(inputs / "甲.docx", 2, "乙.json")
    assert call("batch", inputs, "-o", out, "--docx").code == 0
    assert set(tree(out)) == wanted


FULL_DISK = """
mount -t tmpfs -o size=90k tmpfs "$OUT" || exit 77
"$PYTHON" -m zhengti_zip batch "$IN" -o "$OUT" --docx --workers 1
echo "code $?"
ls -A "$OUT"
mount -o remount,size=20m "$OUT"
"$PYTHON" -m zhengti_zip batch "$IN" -o "$OUT" --docx --workers 1
echo "code $?"
cp "$OUT"/* "$COPY"
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare (util-linux)")
def test_a_full_disk_is_reported_and_the_next_run_continues(tmp_path: Path) -> None:
    """On a small file system, mounted in a mount namespace."""
    inputs, out, copy = tmp_path / "填报", tmp_path / "输出", tmp_path / "副本"
    for number in range(6):
        write(inputs, number)
    out.mkdir()
    copy.mkdir()
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL_DISK],
        capture_output=True,
        encoding="utf-8",
        env=environment(IN=str(inputs), OUT=str(out), COPY=str(copy), PYTHON=sys.executable),
        check=False,
    )
    if "code" not in done.stdout:
        pytest.skip(f"no mount namespace here: {done.stderr.strip()[:80]}")
    first, _, second = done.stdout.partition("code 4\n")
    assert first == "" and "磁盘已满" in done.stderr, done.stdout + done.stderr
    assert ".tmp" not in second and "局0000.docx" in second
    assert "code 0" in second
    assert set(tree(copy)) == {f"局{n:04}.docx" for n in range(6)} | SUMMARIES


def test_the_json_of_a_form_without_grades_has_no_grade() -> None:
    """As ``score --json`` has it: null is a grade that is not known yet."""
    forms = {name: name for name in ("haizhu-2022", "project-national")}
    results = [Result(f"{name}.xlsx", Status.FAILED, form=name) for name in (*forms, "")]
    files = {file["form"]: file for file in batch_data(BatchOutcome(results, forms=forms))["files"]}
    assert files["haizhu-2022"]["grade"] is None and files[None]["grade"] is None
    assert "grade" not in files["project-national"]
