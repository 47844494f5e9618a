"""What a batch has finished: entered before it shows, believed only while it is there unchanged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
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
def test_an_output_that_is_not_whole_is_made_again(journal: Journal, tmp_path: Path, damage: str) -> None:
    journal.commit(ENTRY, DONE, FILES)
    file = tmp_path / "街道" / "甲.docx"
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"DOC" if damage == "cut" else b"DOCY")
    assert journal.finished(ENTRY) is None


def test_killed_between_entry_and_file_the_old_file_does_not_pass_for_the_new(
    journal: Journal, tmp_path: Path
) -> None:
    journal.commit(ENTRY, DONE, FILES)
    later = JournalEntry(ENTRY.name, ENTRY.stem, "key 2")
    journal.commit(later, DONE, {".pdf": b"PDF 2", ".docx": b"DOCX"})
    (tmp_path / "街道" / "甲.pdf").write_bytes(b"PDF")  # as it was before the second one was written
    assert journal.finished(later) is None


def test_trouble_of_a_machine_is_never_finished(journal: Journal) -> None:
    journal.commit(JournalEntry("甲.xlsx", "甲", ""), DONE, {})
    assert journal.finished(JournalEntry("甲.xlsx", "甲", "")) is None


def test_what_an_input_no_longer_gives_is_removed_with_it(journal: Journal, tmp_path: Path) -> None:
    """It was fine and now has errors: a form that no longer holds must not lie about."""
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


def test_a_folder_that_has_become_empty_goes_too(journal: Journal, tmp_path: Path) -> None:
    journal.commit(JournalEntry("甲.xlsx", "一/二/甲", "key"), DONE, FILES)
    journal.sweep([])
    assert not (tmp_path / "一").exists()


def test_a_place_taken_over_by_another_input_stays(journal: Journal, tmp_path: Path) -> None:
    """甲.xlsx made way for 甲.json, which prints into the same files."""
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


def test_what_an_earlier_run_wrote_makes_way_for_a_folder(journal: Journal, tmp_path: Path) -> None:
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
def test_a_folder_of_an_earlier_run_makes_way_for_a_file(
    journal: Journal, tmp_path: Path, before: str, now: str
) -> None:
    """An earlier version wrote into a folder where the summary belongs, and so could write no summary ever after."""
    journal.commit(JournalEntry("甲.json", before, "key"), DONE, FILES)
    (tmp_path / f"{before}.pdf").unlink()  # a run was killed while it did this
    assert journal.make_way([now]).removed == [f"{before}.docx"]
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_an_output_somebody_changed_does_not_make_way(journal: Journal, tmp_path: Path) -> None:
    journal.commit(JournalEntry("甲.json", "甲.pdf/乙", "key"), DONE, FILES)
    (tmp_path / "甲.pdf" / "乙.docx").write_bytes(b"signed")
    assert journal.make_way(["甲"]).left == ["甲.pdf/乙.docx"]
    assert tree(tmp_path) == {"甲.pdf/乙.docx": b"signed"}


def test_nothing_makes_way_for_outputs_that_stay(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, FILES)
    assert not journal.make_way([ENTRY.stem, "街道/乙"]).removed
    assert journal.finished(ENTRY)


def test_a_message_with_what_is_no_text_in_it_can_be_entered(journal: Journal) -> None:
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


def test_nothing_but_the_journal_stays_beside_the_outputs(journal: Journal, tmp_path: Path) -> None:
    journal.commit(ENTRY, DONE, {})
    journal.close()
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_second_batch_on_the_same_folder_is_refused(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="正被另一个 zhengti-zip batch 使用"):
        Journal(tmp_path)


def test_also_from_another_process(journal: Journal, tmp_path: Path) -> None:
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


def test_a_journal_with_a_page_overwritten_is_noticed(tmp_path: Path) -> None:
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


def test_an_earlier_run_has_left_something_or_not(journal: Journal, tmp_path: Path) -> None:
    assert not journal.has_entries()
    journal.commit(ENTRY, DONE, FILES)
    assert journal.has_entries()
    journal.close()
    again = Journal(tmp_path)
    assert again.has_entries()
    again.close()
