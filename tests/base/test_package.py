"""What the packaging rules allow and other programs do: names in another case, other namespaces, another main part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.workbook.tools import DEMO, HAIZHU, put_raw
from zhengti_zip import read
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.package import normal_parts
from zhengti_zip.grid.examine import examine
from zhengti_zip.submission.problems import Problem
from zhengti_zip.workbook.edit.annotate import annotate
from zhengti_zip.workbook.write.upgrade import upgrade

Parts = dict[str, bytes]
OFFICE, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
TYPES, BOOK = "[Content_Types].xml", "xl/workbook.xml"


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name  # zipfile would make a slash of a backslash
            package.writestr(entry, part)
    return stream.getvalue()


def strict(parts: Parts) -> Parts:
    """As Excel saves "Strict Open XML"."""
    made = {}
    for name, part in parts.items():
        made[name] = re.sub(
            OFFICE + rb"(spreadsheetml|officeDocument|drawingml)/2006/", STRICT + rb"\1/", part
        )
        made[name] = made[name].replace(b"<workbook ", b'<workbook conformance="strict" ')
    return made


def renamed(**names: str) -> Callable[[Parts], Parts]:
    """The same parts under other names that differ in nothing but case."""

    def change(parts: Parts) -> Parts:
        wanted = {name.lower(): name for name in names.values()}
        return {wanted.get(name.lower(), name): part for name, part in parts.items()}

    return change


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): part for name, part in parts.items()}


def other_main(parts: Parts) -> Parts:
    """The workbook is xl/workbook2.xml, as the relation of the file says."""
    made = {name.replace("workbook.xml", "workbook2.xml"): part for name, part in parts.items()}
    for name in (TYPES, "_rels/.rels"):
        made[name] = made[name].replace(b"workbook.xml", b"workbook2.xml")
    return made


def other_folder(parts: Parts) -> Parts:
    """The workbook is in a folder of its own and its sheets are where they were."""
    made = {
        name.replace("xl/workbook.xml", "book/main.xml").replace("xl/_rels/workbook", "book/_rels/main"): part
        for name, part in parts.items()
    }
    for name in (TYPES, "_rels/.rels"):
        made[name] = made[name].replace(b"xl/workbook.xml", b"book/main.xml")
    relations = made["book/_rels/main.xml.rels"]
    made["book/_rels/main.xml.rels"] = relations.replace(b'Target="styles', b'Target="../xl/styles')
    return made


WAYS: dict[str, Callable[[Parts], Parts]] = {
    "Strict Open XML": strict,
    "styles in capitals": renamed(styles="xl/Styles.xml"),
    "sheet in capitals": renamed(sheet="xl/worksheets/Sheet6.xml"),
    "workbook in capitals": renamed(book="xl/Workbook.xml", rels="xl/_rels/Workbook.xml.rels"),
    "types in small letters": renamed(types="[content_types].xml"),
    "backslashes": backslashes,
    "workbook2.xml": other_main,
    "another folder": other_folder,
    "strict with backslashes": lambda parts: backslashes(strict(parts)),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@every_way
def test_the_workbook_is_read_like_any_other(tmp_path: Path, way: Callable[[Parts], Parts]) -> None:
    file = tmp_path / "部门.xlsx"
    file.write_bytes(packed(way(parts_of(DEMO.read_bytes()))))
    assert file.read_bytes() != packed(parts_of(DEMO.read_bytes()))
    source = read(file)
    assert source.submission == read(DEMO).submission
    assert examine(source).problems == examine(read(DEMO)).problems
    new = tmp_path / "新.xlsx"
    new.write_bytes(upgrade(file))
    assert read(new).submission == read(DEMO).submission


@every_way
def test_its_mistakes_are_marked_in_a_copy_that_any_program_opens(
    tmp_path: Path, way: Callable[[Parts], Parts]
) -> None:
    wrong = put_raw(HAIZHU.read_bytes(), "部门预算", "B6", "一千")
    file, marked = tmp_path / "部门.xlsx", tmp_path / "标注.xlsx"
    file.write_bytes(packed(way(parts_of(wrong))))
    source = read(file)
    problems: list[Problem] = examine(source).problems
    assert [str(problem.place) for problem in problems] == ["部门预算!B6"]
    marked.write_bytes(annotate(file, source, problems))
    book = load_workbook(marked)
    assert book.sheetnames[0] == "问题清单"
    assert book["部门预算"]["B6"].comment
    assert examine(read(marked)).problems == problems
    assert STRICT not in b"".join(parts_of(marked.read_bytes()).values())


def test_a_plain_workbook_stays_as_it_is() -> None:
    content = DEMO.read_bytes()
    assert normal_parts(DEMO, content) == parts_of(content)


def test_the_relation_of_the_file_decides_which_part_is_the_workbook(tmp_path: Path) -> None:
    file = tmp_path / "部门.xlsx"
    decoy = parts_of(HAIZHU.read_bytes())[BOOK]
    file.write_bytes(packed({**other_main(parts_of(DEMO.read_bytes())), BOOK: decoy}))
    assert read(file).submission == read(DEMO).submission


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    parts = parts_of(DEMO.read_bytes())
    file = tmp_path / "部门.xlsx"
    file.write_bytes(packed({**backslashes(parts), "xl/STYLES.xml": parts["xl/styles.xml"]}))
    with pytest.raises(InputError, match="重名") as refused:
        read(file)
    assert "另存为" in refused.value.remedy


def test_a_package_whose_workbook_is_missing_is_refused(tmp_path: Path) -> None:
    parts = parts_of(DEMO.read_bytes())
    del parts[BOOK]
    file = tmp_path / "部门.xlsx"
    file.write_bytes(packed(parts))
    with pytest.raises(InputError, match="找不到工作簿的内容") as refused:
        read(file)
    assert "另存为" in refused.value.remedy
