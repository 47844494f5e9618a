"""Rows that a reviewer adds, removes and moves come back as the list that is seen, and into the workbook."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.review.row_edits import (
    copied_row,
    entries_of,
    put_entries,
    remove_row,
    row_of,
    swap_rows,
    typed_row,
)
from tests.review.wordlike import (
    AUTHOR,
    DEMO,
    SAMPLES,
    Element,
    built,
    edited,
    inner_controls,
    packed,
    parts_of,
    put,
    retype,
    revision,
    run,
    texts,
)
from zhengti_zip import read
from zhengti_zip.review.change_sheet import CHANGE_SHEET
from zhengti_zip.review.review import ReviewResult, review
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.source import Source
from zhengti_zip.workbook.write.writer import filled_workbook

OWN = ("project-national", "department-general", "sichuan-project-2023")
Change = Callable[[Element], None]


@cache
def printed(name: str) -> bytes:
    return built(SAMPLES / f"{name}.json")


@cache
def demo() -> bytes:
    return built(DEMO)


def reviewed(content: bytes, change: Change) -> Source:
    return read_word_source(edited(content, change), "审阅.docx")


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.reading_problems if problem.is_error]


def names(source: Source) -> list[str]:
    return [row.name for row in source.submission.indicators]


def goals(source: Source) -> list[tuple[str, str, str]]:
    return [(goal.goal, goal.completion, goal.reason) for goal in source.submission.goals]


def into_workbook(folder: Path, name: str, change: Change) -> ReviewResult:
    source = read(SAMPLES / f"{name}.json")
    document, workbook = folder / "审阅.docx", folder / "填报.xlsx"
    document.write_bytes(edited(printed(name), change))
    workbook.write_bytes(filled_workbook(source.form, source.submission))
    return review(document, workbook)


# Rows of a table.


@pytest.mark.parametrize("tag", ["ins", ""])
@pytest.mark.parametrize("name", OWN)
def test_a_typed_row_is_a_row_of_the_group_it_stands_in(name: str, tag: str) -> None:
    def add(root: Element) -> None:
        old = row_of(root, "indicators.1.name")
        if name.startswith("sichuan"):
            shown = ["新指标", "≤", "60", "台", "55", "5", "4", "原因"]
        else:
            shown = ["新指标", "≤60台", "55台", "5", "4", "原因"]
        count = len(old.findall(word("tc")))
        new = typed_row(old, dict(enumerate(shown, start=count - len(shown))))
        if tag:
            properties = new.find(word("trPr"))
            if properties is None:
                properties = etree.Element(word("trPr"))
                new.insert(0, properties)
            properties.append(revision(tag))

    before = read(SAMPLES / f"{name}.json").submission.indicators
    found = reviewed(printed(name), add)
    row = found.submission.indicators[2]
    assert (row.name, row.direction, row.unit, row.reason) == ("新指标", "≤", "台", "原因")
    assert [row.target, row.actual, row.weight, row.score] == [Decimal(n) for n in (60, 55, 5, 4)]
    assert row.type == before[1].type
    assert (*found.submission.indicators[:2], *found.submission.indicators[3:]) == before
    assert codes(found) == []


@pytest.mark.parametrize("name", OWN)
def test_a_copied_row_is_a_new_row_and_its_computed_score_is_computed_again(name: str) -> None:
    def add(root: Element) -> None:
        new = copied_row(row_of(root, "indicators.1.name"))
        put(next(sdt for sdt in new.iter(word("sdt")) if "indicators.1.name" in tags(sdt)), "另一项")

    before = read(SAMPLES / f"{name}.json").submission.indicators
    found = reviewed(printed(name), add)
    assert found.submission.indicators[2] == before[1].with_part("name", "另一项")
    assert found.submission.indicators[2].score is None
    assert len(found.submission.indicators) == len(before) + 1


def tags(sdt: Element) -> list[str]:
    return [tag.get(word("val"), "") for tag in sdt.iter(word("tag"))]


@pytest.mark.parametrize("name", OWN)
def test_removed_and_moved_rows_are_gone_and_moved(name: str) -> None:
    before = names(read(SAMPLES / f"{name}.json"))

    def change(root: Element) -> None:
        remove_row(row_of(root, "indicators.0.name"))
        remove_row(row_of(root, "indicators.3.name"))

    assert names(reviewed(printed(name), change)) == [*before[1:3], *before[4:]]
    swapped = reviewed(
        printed(name),
        lambda root: swap_rows(row_of(root, "indicators.0.name"), row_of(root, "indicators.1.name")),
    )
    assert names(swapped) == [before[1], before[0], *before[2:]]
    assert codes(swapped) == []


def test_a_row_deleted_with_tracked_changes_is_removed_unless_they_are_rejected() -> None:
    def change(root: Element) -> None:
        row = row_of(root, "indicators.2.name")
        properties = row.find(word("trPr"))
        if properties is None:
            properties = etree.Element(word("trPr"))
            row.insert(0, properties)
        properties.append(revision("del"))

    content = edited(printed("project-national"), change)
    before = names(read(SAMPLES / "project-national.json"))
    assert names(read_word_source(content, "审阅.docx")) == [*before[:2], *before[3:]]
    assert names(read_word_source(content, "审阅.docx", accept=False)) == before


def test_a_row_moved_under_another_label_changes_its_type() -> None:
    """Row 7 is the only one of its group; pasted below row 0 its cells go on with the label there."""

    def change(root: Element) -> None:
        row, target = row_of(root, "indicators.1.name"), row_of(root, "indicators.4.name")
        parent = row.getparent()
        assert parent is not None
        parent.remove(row)
        for cell in row.findall(word("tc"))[1:3]:
            for piece in list(cell.iter(word("t"))):
                piece.text = ""
        labels = target.findall(word("tc"))[2]
        row.replace(row.findall(word("tc"))[2], deepcopy(labels))
        target.addnext(row)

    found = reviewed(printed("project-national"), change)
    moved = next(row for row in found.submission.indicators if row.name == "更换智能水表数量")
    assert moved.type == "产出指标-成本指标"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("≤60台", ("≤", Decimal(60), "台")),
        ("60", ("≥", Decimal(60), "公里")),
        ("不低于 60 公里", ("≥", Decimal(60), "公里")),
        ("1,200", ("≥", Decimal(1200), "公里")),
    ],
)
def test_a_target_with_its_sign_and_unit_is_read_as_three_values(
    typed: str, expected: tuple[str, Decimal, str]
) -> None:
    content = retype(printed("project-national"), {"indicators.0.target": typed})
    row = read_word_source(content, "审阅.docx").submission.indicators[0]
    assert (row.direction, row.target, row.unit) == expected


def test_a_target_that_is_no_number_is_an_error_and_not_lost() -> None:
    content = retype(printed("project-national"), {"indicators.0.target": "明显提高"})
    found = read_word_source(content, "审阅.docx")
    assert codes(found) == ["not_a_number"]


def test_a_number_retyped_without_sign_and_unit_keeps_them_and_says_so() -> None:
    def change(root: Element) -> None:
        cell = next(inner_controls(root, "indicators.0.target")[0].iterancestors(word("tc")))
        for piece in texts(cell):
            piece.text = ""
        paragraph = cell.find(word("p"))
        assert paragraph is not None
        paragraph.append(run("13"))

    found = reviewed(printed("project-national"), change)
    row = found.submission.indicators[0]
    assert (row.direction, row.target, row.unit) == ("≥", Decimal(13), "公里")
    assert [problem.code for problem in found.reading_problems] == ["kept_mark"]


# Rows in the workbook.


@pytest.mark.parametrize("name", OWN)
def test_rows_go_into_the_workbook_as_they_are_in_the_word_file(name: str, tmp_path: Path) -> None:
    def change(root: Element) -> None:
        copied_row(row_of(root, "indicators.1.name"))
        remove_row(row_of(root, "indicators.4.name"))
        swap_rows(row_of(root, "indicators.0.name"), row_of(root, "indicators.1.name"))

    found = into_workbook(tmp_path, name, change)
    wanted = reviewed(printed(name), change)
    assert found.source.submission == wanted.submission
    kinds = {change.kind for change in found.merged.changes}
    assert kinds == {"added", "removed", "moved"}
    target = tmp_path / "新.xlsx"
    target.write_bytes(found.content)
    listed = [str(row[4].value) for row in load_workbook(target)[CHANGE_SHEET].iter_rows(min_row=5)]
    assert any("删去" in label for label in listed) and any("移动" in label for label in listed)
    assert len(listed) == len(found.merged.changes)


def test_rows_the_clerk_added_since_stay_in_the_workbook(tmp_path: Path) -> None:
    source = read(SAMPLES / "project-national.json")
    first, *others = source.submission.indicators
    extra = first.with_part("name", "后来补的一项")
    now = source.submission.model_copy(update={"indicators": (first, extra, *others)})
    document, workbook = tmp_path / "审阅.docx", tmp_path / "填报.xlsx"
    document.write_bytes(
        edited(printed("project-national"), lambda root: remove_row(row_of(root, "indicators.2.name")))
    )
    workbook.write_bytes(filled_workbook(source.form, now))
    found = review(document, workbook)
    assert found.source.submission.indicators == (first, extra, others[0], *others[2:])


def test_a_removed_row_is_listed_with_its_author(tmp_path: Path) -> None:
    def change(root: Element) -> None:
        row = row_of(root, "indicators.2.name")
        properties = row.find(word("trPr"))
        if properties is None:
            properties = etree.Element(word("trPr"))
            row.insert(0, properties)
        properties.append(revision("del"))

    [removed] = into_workbook(tmp_path, "project-national", change).merged.changes
    assert (removed.kind, removed.path, removed.author) == ("removed", "indicators.2", AUTHOR)
    assert "工程验收合格率" in removed.before and removed.after == ""


# Goals in a numbered list.


def added_paragraph(root: Element, below: str, *runs: Element) -> Element:
    paragraph = next(inner_controls(root, below)[-1].iterancestors(word("p")))
    new = etree.Element(word("p"))
    new.extend(runs)
    paragraph.addnext(new)
    return new


def test_a_goal_typed_at_the_end_has_its_completion_and_reason() -> None:
    def change(root: Element) -> None:
        added_paragraph(root, "goals.4.goal", run("6.新目标"))
        added_paragraph(root, "goals.4.completion", run("6.新完成情况"))
        added_paragraph(root, "goals.1.reason", run("6.新原因"))

    found = reviewed(demo(), change)
    assert goals(found) == [*goals(read(DEMO)), ("新目标", "新完成情况", "新原因")]
    assert codes(found) == []


@pytest.mark.parametrize("is_renumbered", [True, False])
def test_a_goal_typed_between_others_stands_there(is_renumbered: bool) -> None:
    def change(root: Element) -> None:
        for part in ("goal", "completion"):
            entries = entries_of(root, "goals", part)
            added_paragraph(root, f"goals.1.{part}", run(f"3.新的{part}"))
            for number, entry in enumerate(entries[2:], start=4):
                if is_renumbered:
                    texts(entry[0])[0].text = f"{number}."

    before = goals(read(DEMO))
    found = reviewed(demo(), change)
    assert goals(found) == [*before[:2], ("新的goal", "新的completion", ""), *before[2:]]
    assert codes(found) == []


@pytest.mark.parametrize("typed_in", ["goals.4", "goals.1"])
def test_a_goal_copied_with_its_control_is_a_new_goal(typed_in: str) -> None:
    number = int(typed_in[-1])

    def change(root: Element) -> None:
        for part in ("goal", "completion"):
            entries = entries_of(root, "goals", part)
            new = deepcopy(entries[number][0])
            put(next(new.iter(word("sdt"))), f"复制后改写的{part}")
            entries.insert(number + 1, [new])
            cell = entries[0][0].getparent()
            assert cell is not None
            put_entries(cell, list(enumerate(entries, start=1)))

    before = goals(read(DEMO))
    new = ("复制后改写的goal", "复制后改写的completion", "")
    found = goals(reviewed(demo(), change))
    assert found[number + 1] == new
    assert [goal[:2] for goal in found if goal != new] == [goal[:2] for goal in before]


def test_goals_removed_are_gone_and_goals_swapped_are_swapped() -> None:
    def change(root: Element) -> None:
        for part in ("goal", "completion"):
            first, second, third, _, fifth = entries_of(root, "goals", part)
            cell = first[0].getparent()
            assert cell is not None
            put_entries(cell, list(enumerate((second, first, third, fifth), start=1)))
        for entry in entries_of(root, "goals", "reason"):
            texts(entry[0])[0].text = "1."

    before = goals(read(DEMO))
    found = reviewed(demo(), change)
    assert goals(found) == [before[1], before[0], before[2], before[4]]
    assert codes(found) == []


# Automatic numbers.

NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>
<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/>
</w:lvlOverride></w:num></w:numbering>"""


def numbered(content: bytes, start: int, kind: str, text: str) -> bytes:
    """A file with one automatic numbering."""
    parts = parts_of(content)
    relations = "word/_rels/document.xml.rels"
    kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    added = f'<Relationship Id="rIdN" Type="{kind_of}" Target="numbering.xml"/></Relationships>'
    known = parts[relations].decode().replace("</Relationships>", added)
    made = NUMBERING.format(start=start, kind=kind, text=text).encode()
    return packed({**parts, relations: known.encode(), "word/numbering.xml": made})


def automatic(number: int = 1) -> Element:
    """The properties of a paragraph with an automatic number."""
    made = etree.Element(word("pPr"))
    numbers = etree.SubElement(made, word("numPr"))
    etree.SubElement(numbers, word("ilvl"), {word("val"): "0"})
    etree.SubElement(numbers, word("numId"), {word("val"): str(number)})
    return made


def test_a_goal_numbered_by_word_is_that_goal() -> None:
    def change(root: Element) -> None:
        for number, part in enumerate(("goal", "completion"), start=1):
            added_paragraph(root, f"goals.4.{part}", automatic(number), run(f"自动编号的{part}"))

    found = goals(reviewed(numbered(demo(), 6, "decimal", "%1."), change))
    assert found[5:] == [("自动编号的goal", "自动编号的completion", "")]


@pytest.mark.parametrize(
    ("kind", "text", "start", "shown"),
    [
        ("decimal", "（%1）", 4, "（4）"),
        ("chineseCounting", "%1、", 12, "十二、"),
        ("decimalEnclosedCircle", "%1", 3, "③"),
        ("upperLetter", "%1)", 2, "B)"),
        ("lowerRoman", "%1.", 9, "ix."),
    ],
)
def test_the_automatic_number_of_an_added_paragraph_is_part_of_its_text(
    kind: str, text: str, start: int, shown: str
) -> None:
    def change(root: Element) -> None:
        added_paragraph(root, "goals.0.completion", automatic(), run("又一项工作。"))

    before = read(DEMO).submission.goals[0].completion
    found = reviewed(numbered(demo(), start, kind, text), change).submission.goals[0].completion
    assert found == f"{before}\n{shown}又一项工作。"
