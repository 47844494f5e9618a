"""应报未报: files that nobody can read still tell by their names whose they are."""

from __future__ import annotations

from zhengti_zip.batch.result import Result, Status
from zhengti_zip.batch.roster import Roster, RosterEntry
from zhengti_zip.batch.roster_check import Handed, compared

LIST = Roster([RosterEntry(name) for name in ("甲区医院", "甲区医院东院", "甲区教育局")])


def unread(*names: str) -> list[Result]:
    return [Result(name, Status.FAILED) for name in names]


def test_an_unreadable_file_counts_for_the_longest_name_in_its_own() -> None:
    check = compared(LIST, "名单.xlsx", unread("报送/甲区医院东院（盖章）.xlsx"))
    assert [line.handed for line in check.lines] == [Handed.MISSING, Handed.FAILED, Handed.MISSING]
    assert check.lines[1].files == ("报送/甲区医院东院（盖章）.xlsx",)
    assert check.lines[1].is_by_name
    assert check.unnamed == ()


def test_names_of_folders_tell_nothing() -> None:
    check = compared(LIST, "名单.xlsx", unread("甲区教育局/自评表.xlsx"))
    assert len(check.of(Handed.MISSING)) == 3
    assert check.unnamed == ("甲区教育局/自评表.xlsx",)


def test_what_can_be_read_comes_first() -> None:
    sound = Result("乙.xlsx", Status.DONE, department="甲区教育局")
    check = compared(LIST, "名单.xlsx", [sound, *unread("甲区教育局.xlsx")])
    assert check.lines[2].handed is Handed.DONE
    assert check.lines[2].files == ("乙.xlsx",)
    assert check.unnamed == ("甲区教育局.xlsx",)
