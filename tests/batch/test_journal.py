"""The journal: entries are written before the outputs and count only while these are unchanged."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.offices import ROOT, tree
from zhengti_zip.base.errors import OutputError
from zhengti_zip.batch.journal import NAME, SET_ASIDE, Journal, JournalEntry
from zhengti_zip.batch.result import ListedProblem, Result, Status

DONE = Result("甲.xlsx", Status.DONE, "haizhu-2022", "虚构市甲局")
ENTRY = JournalEntry("甲.xlsx", "街道/甲", "key 1")
FILES = {".pdf": b"PDF", ".docx": b"DOCX"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path)
    yield made
    made.close()


def test_a_finished_input_needs_no_work(journal: Journal, tmp_path: Path) -> None:
    assert journal.finished(ENTRY) is None
    result = journal.commit(ENTRY, DONE, FILES)
    assert result.outputs == ("街道/甲.pdf", "街道/甲.docx")
    assert tree(tmp_path) == {"街道/甲.docx": b"DOCX", "街道/甲.pdf": b"PDF"}
    journal.close()
    again = Journal(tmp_path)
    assert again.finished(ENTRY) == result
    again.close()


@pytest.mark.parametrize(
    "entry",
    [
        JournalEntry("甲.xlsx", "街道/甲", "key 2"),
        JournalEntry("甲.xlsx", "甲", "key 1"),
        JournalEntry("乙.xlsx", "街道/甲", "key 1"),
    ],
    ids=["changed", "moved", "another"],
)
def test_another_input_is_not_finished(journal: Journal, entry: JournalEntry) -> None:
    journal.commit(ENTRY, DONE, FILES)
    assert journal.finished(entry) is None


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_missing_or_changed_output_is_made_again(journal: Journal, tmp_path: Path, damage: str) -> None:
    journal.commit(ENTRY, DONE, FILES)
    file = tmp_path / "街道" / "甲.docx"
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"DOC" if damage == "cut" else b"DOCY")
    assert journal.finished(ENTRY) is None


def test_an_edited_word_file_is_kept_and_the_new_one_numbered(journal: Journal, tmp_path: Path) -> None:
    first = journal.commit(ENTRY, DONE, FILES)
    (tmp_path / "街道/甲.docx").write_bytes(b"edited")
    journal.make_way(["街道/甲", "街道/甲(2)"])  # another input has that name
    for _ in range(2):
        result = journal.commit(ENTRY, DONE, {**FILES, ".docx": b"NEW"})
        assert result.outputs == ("街道/甲.pdf", "街道/甲(3).docx")
        [problem] = result.problems
        assert (problem.severity, problem.code) == ("warning", "word_kept")
        assert (
            problem.message
            == "街道/甲.docx 在生成后有人改动过，没有覆盖；这次的 Word 文件另存为 街道/甲(3).docx"
        )
        assert journal.finished(ENTRY) == result
    assert tree(tmp_path)["街道/甲.docx"] == b"edited" and tree(tmp_path)["街道/甲(3).docx"] == b"NEW"
    (tmp_path / "街道/甲.docx").unlink()
    again = journal.commit(ENTRY, DONE, FILES)
    assert again == first
    journal.sweep([again])
    assert sorted(tree(tmp_path)) == ["街道/甲.docx", "街道/甲.pdf"]


def test_an_old_output_does_not_count_for_a_new_entry(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, FILES)
    later = JournalEntry(ENTRY.name, ENTRY.stem, "key 2")
    journal.commit(later, DONE, {".pdf": b"PDF 2", ".docx": b"DOCX"})
    (tmp_path / "街道" / "甲.pdf").write_bytes(b"PDF")  # killed before the second PDF was written
    assert journal.finished(later) is None


def test_an_entry_without_a_key_is_never_finished(journal: Journal) -> None:
    journal.commit(JournalEntry("甲.xlsx", "甲", ""), DONE, {})
    assert journal.finished(JournalEntry("甲.xlsx", "甲", "")) is None


def test_outputs_an_input_no_longer_has_are_removed(journal: Journal, tmp_path: Path) -> None:
    """The input now has errors, so its form is outdated."""
    journal.commit(ENTRY, DONE, FILES)
    journal.commit(JournalEntry(ENTRY.name, ENTRY.stem, "key 2"), DONE, {"-标注.xlsx": b"XLSX"})
    assert tree(tmp_path) == {"街道/甲-标注.xlsx": b"XLSX"}


def test_outputs_of_an_input_that_is_gone_are_removed_unless_changed(
    journal: Journal, tmp_path: Path
) -> None:
    journal.commit(ENTRY, DONE, FILES)
    kept = journal.commit(
        JournalEntry("乙.xlsx", "乙", "key"), Result("乙.xlsx", Status.DONE), {".pdf": b"PDF"}
    )
    (tmp_path / "街道" / "甲.docx").write_bytes(b"signed")
    (tmp_path / "别人的.pdf").write_bytes(b"not ours")
    swept = journal.sweep([kept])
    assert (swept.removed, swept.left) == (["街道/甲.pdf"], ["街道/甲.docx"])
    assert tree(tmp_path) == {"乙.pdf": b"PDF", "别人的.pdf": b"not ours", "街道/甲.docx": b"signed"}
    assert journal.sweep([kept]).left == [], "said once"


def test_an_empty_folder_is_removed(journal: Journal, tmp_path: Path) -> None:
    journal.commit(JournalEntry("甲.xlsx", "一/二/甲", "key"), DONE, FILES)
    journal.sweep([])
    assert not (tmp_path / "一").exists()


def test_outputs_that_now_belong_to_another_input_stay(journal: Journal, tmp_path: Path) -> None:
    """甲.json replaced 甲.xlsx and has the same outputs."""
    journal.commit(JournalEntry("甲.xlsx", "甲", "key"), DONE, FILES)
    result = journal.commit(JournalEntry("甲.json", "甲", "key"), Result("甲.json", Status.DONE), FILES)
    assert journal.sweep([result]).removed == []
    assert set(tree(tmp_path)) == {"甲.docx", "甲.pdf"}


def test_summaries_of_forms_no_longer_there_are_removed(journal: Journal, tmp_path: Path) -> None:
    for name in ("汇总表.xlsx", "汇总表-a.xlsx"):
        (tmp_path / name).write_bytes(b"XLSX")
    journal.adopt([tmp_path / "汇总表-a.xlsx"])
    now = journal.adopt([tmp_path / "汇总表.xlsx"])
    assert journal.sweep([], now).removed == ["汇总表-a.xlsx"]


def test_an_old_output_is_removed_where_a_folder_is_needed(journal: Journal, tmp_path: Path) -> None:
    journal.commit(JournalEntry("甲.json", "甲", "key"), DONE, FILES)
    swept = journal.make_way(["甲.json", "甲.PDF/乙"])
    assert (swept.removed, swept.left) == (["甲.pdf"], [])
    journal.commit(JournalEntry("甲.pdf/乙.json", "甲.pdf/乙", "key"), DONE, FILES)
    assert set(tree(tmp_path)) == {"甲.docx", "甲.pdf/乙.docx", "甲.pdf/乙.pdf"}


@pytest.mark.parametrize(
    ("before", "now"),
    [("甲.pdf/乙", "甲"), ("汇总表.xlsx/街道/甲", "_汇总表.xlsx/街道/甲")],
    ids=["output", "sum"],
)
def test_an_old_folder_is_removed_where_an_output_is_needed(
    journal: Journal, tmp_path: Path, before: str, now: str
) -> None:
    """An earlier version made a folder at the path of the summary, which then could not be written."""
    journal.commit(JournalEntry("甲.json", before, "key"), DONE, FILES)
    (tmp_path / f"{before}.pdf").unlink()  # a run was killed while it did this
    assert journal.make_way([now]).removed == [f"{before}.docx"]
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_changed_output_is_not_removed(journal: Journal, tmp_path: Path) -> None:
    journal.commit(JournalEntry("甲.json", "甲.pdf/乙", "key"), DONE, FILES)
    (tmp_path / "甲.pdf" / "乙.docx").write_bytes(b"signed")
    assert journal.make_way(["甲"]).left == ["甲.pdf/乙.docx"]
    assert tree(tmp_path) == {"甲.pdf/乙.docx": b"signed"}


def test_nothing_is_removed_when_the_outputs_stay(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, FILES)
    assert not journal.make_way([ENTRY.stem, "街道/乙"]).removed
    assert journal.finished(ENTRY)


def test_lone_surrogates_in_a_message_are_replaced(journal: Journal) -> None:
    problem = ListedProblem("error", "unreadable", "不能读取 \udcff.xlsx", "\ud800")
    journal.commit(ENTRY, Result("甲.xlsx", Status.FAILED, problems=(problem,)), {})
    kept = journal.finished(ENTRY)
    assert kept is not None
    assert (kept.problems[0].message, kept.problems[0].remedy) == ("不能读取 \ufffd.xlsx", "\ufffd")


def test_half_written_files_of_a_killed_run_are_removed(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, FILES)
    (tmp_path / "新").mkdir()
    for place in (tmp_path, tmp_path / "街道", tmp_path / "新"):
        (place / ".zhengti-x1.tmp").write_bytes(b"half")
    assert journal.clean(["新/乙"]) == 3
    assert set(tree(tmp_path)) == {"街道/甲.docx", "街道/甲.pdf"}


def test_only_the_journal_itself_is_left_when_it_is_closed(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, {})
    journal.close()
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_second_batch_on_the_same_folder_is_refused(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="正被另一个 zhengti-zip batch 使用"):
        Journal(tmp_path)


def test_a_second_batch_in_another_process_is_refused(journal: Journal, tmp_path: Path) -> None:
    script = f"from pathlib import Path\nfrom zhengti_zip.batch.journal import Journal\nJournal(Path({str(tmp_path)!r}))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "正被另一个" in done.stderr


@pytest.mark.parametrize(
    "content", [b"this is no database at all" * 50, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_journal_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    journal = Journal(tmp_path)
    assert journal.was_damaged
    assert (tmp_path / SET_ASIDE).read_bytes() == content
    journal.commit(ENTRY, DONE, FILES)
    journal.close()
    later = Journal(tmp_path)
    assert not later.was_damaged
    assert later.finished(ENTRY)
    later.close()


def test_a_journal_with_an_overwritten_page_is_set_aside(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for number in range(200):
        journal.commit(JournalEntry(f"{number}.xlsx", str(number), "key"), DONE, {})
    journal.close()
    content = bytearray((tmp_path / NAME).read_bytes())
    content[8192:12288] = bytes(range(256)) * 16
    (tmp_path / NAME).write_bytes(content)
    later = Journal(tmp_path)
    assert later.was_damaged
    later.close()


def test_a_result_of_another_version_is_made_again(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, {})
    journal.close()
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("UPDATE inputs SET result = '{\"name\": 1}'")
    database.close()
    later = Journal(tmp_path)
    assert later.finished(ENTRY) is None
    later.close()


def test_a_result_written_with_the_key_of_an_earlier_version_is_read(journal: Journal) -> None:
    """Such a version called the problems of a file "findings"."""
    result = journal.commit(ENTRY, replace(DONE, problems=(ListedProblem("warning", "w", "注意"),)), {})
    stored = result.to_json().replace('"problems"', '"findings"')
    assert '"findings"' in stored
    assert Result.from_json(stored) == result


def test_a_folder_in_the_place_of_an_output_is_an_output_error(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "街道" / "甲.pdf").mkdir(parents=True)
    with pytest.raises(OutputError, match="是一个文件夹"):
        journal.commit(ENTRY, DONE, FILES)
    assert journal.finished(ENTRY) is None
    assert tree(tmp_path) == {}


def test_whether_an_earlier_run_has_left_entries(journal: Journal, tmp_path: Path) -> None:
    assert not journal.has_entries()
    journal.commit(ENTRY, DONE, FILES)
    assert journal.has_entries()
    journal.close()
    again = Journal(tmp_path)
    assert again.has_entries()
    again.close()


def entered(folder: Path, statement: str, *values: str) -> None:
    """Change the journal behind the program's back, as somebody may who can write into the folder."""
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.execute(statement, values)
        connection.commit()


@pytest.mark.parametrize(
    "path",
    ["../别人.pdf", "a/../../别人.pdf", "{outside}/别人.pdf", "..\\别人.pdf", "链接/别人.pdf", "a//../b.pdf"],
)
def test_a_path_that_leads_out_of_the_folder_is_never_deleted(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "输出"
    folder.mkdir()
    Journal(folder).close()
    outside = tmp_path / "别人.pdf"
    outside.write_bytes(b"PDF")
    (tmp_path / ".zhengti-1.tmp").write_bytes(b"of another program")
    (folder / "链接").symlink_to(tmp_path)
    known = hashlib.sha256(b"PDF").hexdigest()
    entered(folder, "INSERT INTO outputs VALUES (?, ?, '甲.xlsx')", path.format(outside=tmp_path), known)
    journal = Journal(folder)
    journal.clean([])
    journal.make_way(["别人"])
    journal.sweep([])
    journal.commit(ENTRY, DONE, FILES)
    journal.close()
    assert outside.read_bytes() == b"PDF"
    assert (tmp_path / ".zhengti-1.tmp").exists()


@pytest.mark.parametrize("name", ["别人的.txt", "别人.xlsx", NAME, ".隐藏.pdf", "街道/汇总表.xlsx"])
def test_a_file_inside_that_no_batch_writes_is_never_deleted(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    journal.close()
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    if name != NAME:
        file.write_bytes(b"x")
    entered(tmp_path, "INSERT INTO outputs VALUES (?, ?, '')", name, hashlib.sha256(b"x").hexdigest())
    again = Journal(tmp_path)
    assert again.sweep([]).removed == []
    again.close()
    assert file.exists()


@pytest.mark.parametrize(
    "result",
    [
        "null",
        "[]",
        "{}",
        "[" * 100_000,
        '{"name": "甲.xlsx", "status": "done", "total": "x", "scores": {}, "budget": {}, "problems": [], "outputs": []}',
        replace(DONE, name="乙.xlsx").to_json(),
        replace(DONE, outputs=("../别人.pdf",)).to_json(),
        DONE.to_json().replace('"year": 0', '"year": "x"'),
        DONE.to_json().replace('"scores": {}', '"scores": {"a": []}'),
        DONE.to_json().replace('"problems": []', '"problems": [{"severity": 1, "code": 2, "message": 3}]'),
    ],
)
def test_a_result_somebody_else_has_written_is_made_again(tmp_path: Path, result: str) -> None:
    journal = Journal(tmp_path)
    journal.commit(ENTRY, DONE, {})
    assert journal.finished(ENTRY)
    journal.close()
    entered(tmp_path, "UPDATE inputs SET result = ?", result)
    again = Journal(tmp_path)
    assert again.finished(ENTRY) is None
    again.close()


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE inputs (name TEXT)",
        "CREATE TABLE other (name TEXT)",
        "CREATE VIEW inputs AS SELECT 1 AS name",
        "CREATE VIEW outputs AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS path FROM n",
    ],
)
def test_a_journal_of_another_schema_is_set_aside(tmp_path: Path, schema: str) -> None:
    entered(tmp_path, schema)
    journal = Journal(tmp_path)
    assert (journal.was_damaged, journal.has_entries()) == (True, False)
    assert journal.commit(ENTRY, DONE, FILES).outputs
    journal.close()
    assert (tmp_path / SET_ASIDE).exists()


def test_a_journal_with_a_trigger_is_set_aside(journal: Journal, tmp_path: Path) -> None:
    journal.close()
    entered(tmp_path, "CREATE TRIGGER t AFTER INSERT ON inputs BEGIN DELETE FROM outputs; END")
    again = Journal(tmp_path)
    assert again.was_damaged
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_a_journal_that_is_no_regular_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "别处").write_bytes(b"")
    for make in (os.mkfifo, Path.mkdir, lambda path: path.symlink_to(tmp_path / "别处")):
        file = tmp_path / NAME
        make(file)
        with pytest.raises(OutputError, match="不是普通文件") as caught:
            Journal(tmp_path)
        assert "删除" in caught.value.remedy
        file.rmdir() if file.is_dir() else file.unlink()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize("mode", [0o444, 0])
def test_a_journal_without_permission_is_one_message(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "输出"
    folder.mkdir()
    Journal(folder).close()
    file = folder / NAME
    file.chmod(mode)
    for path in (folder, file):
        os.chown(path, 65534, 65534)
    for above in tmp_path.parents:
        if above.stat().st_uid == 0 and above.is_relative_to("/tmp/pytest-of-root"):
            above.chmod(0o755)
    tmp_path.chmod(0o755)
    os.seteuid(65534)
    try:
        with pytest.raises(OutputError) as caught:
            Journal(folder)
        assert str(file) in caught.value.message
        assert "删除该文件" in caught.value.remedy
        file.unlink()  # as the remedy says
        Journal(folder).close()
    finally:
        os.seteuid(0)


RACE = """
import sys
from pathlib import Path
from zhengti_zip.base.errors import OutputError
from zhengti_zip.batch.journal import Journal
try:
    journal = Journal(Path(sys.argv[1]))
    print("held", flush=True)
except OutputError as error:
    print(error.message, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("content", [None, b"damaged" * 1000], ids=["new", "damaged"])
def test_of_several_batches_that_begin_at_once_one_holds_the_folder(
    tmp_path: Path, content: bytes | None
) -> None:
    if content:
        (tmp_path / NAME).write_bytes(content)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        )
        for _ in range(4)
    ]
    said = [run.stdout.readline().decode("utf-8").strip() for run in runs if run.stdout]
    for run in runs:
        run.communicate()
    assert said.count("held") == 1, said
    assert all("正被另一个 zhengti-zip batch 使用" in words for words in said if words != "held")
