"""Small files that ask for much work: each is done or refused within seconds and a modest memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from tests.cli.calling import ROOT, environment
from tests.fuzz.base import data, workbook
from zhengti_zip.base.limits import MAX_ENTERED_TEXT
from zhengti_zip.workbook.edit.ooxml import Element, Package, main

pytestmark = pytest.mark.slow

SECONDS, MEGABYTES = 10.0, 1000
LONG = os.environ.get("ZHENGTI_LONG") == "1"
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
INDICATORS, FIRST_ROW = "绩效指标", 5

MEASURE = """
import resource, sys, time
from zhengti_zip.cli.app import run
code = run(sys.argv[1:])
print(code, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def cost(*arguments: str | Path) -> tuple[int, float, int, str]:
    """Exit code, processor seconds, MB and messages of a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, arguments)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=SECONDS * 12,
    )
    code, seconds, megabytes = done.stdout.decode("utf-8").splitlines()[-1].split()
    return int(code), float(seconds), int(megabytes), done.stderr.decode("utf-8")


def chinese(count: int) -> str:
    """So many characters that no packing makes small."""
    chance = Random(1)
    return "".join(chr(chance.randint(0x4E00, 0x8FFF)) for _ in range(count))


def submission(**changes: Any) -> bytes:
    """The data of the fictional department with some parts replaced."""
    return json.dumps({**json.loads(data()), **changes}, ensure_ascii=False).encode("utf-8")


def changed(change: Callable[[Package], None]) -> bytes:
    """Its workbook after a change."""
    package = Package(workbook())
    change(package)
    return package.save()


def no_names(package: Package) -> None:
    """Every defined name gone, so that inputs are looked for by their labels."""
    names = package.xml("xl/workbook.xml").find(main("definedNames"))
    assert names is not None
    for name in list(names):
        names.remove(name)


def last_row(package: Package) -> None:
    """A value in the last row a sheet has, on every sheet; and no names."""
    no_names(package)
    for part in package.sheets().values():
        rows = etree.SubElement(_rows(package.xml(part)), main("row"), {"r": "1048576"})
        cell = etree.SubElement(rows, main("c"), {"r": "A1048576"})
        etree.SubElement(cell, main("v")).text = "1"


def _rows(sheet: Element) -> Element:
    rows = sheet.find(main("sheetData"))
    assert rows is not None
    return rows


def many_cells(package: Package, put: Callable[[Element], None]) -> None:
    """2,000 rows of performance indicators, every cell made by ``put``."""
    rows = _rows(package.xml(package.sheets()[INDICATORS]))
    for row in list(rows):
        if int(row.get("r", "0")) >= FIRST_ROW:
            rows.remove(row)
    for number in range(FIRST_ROW, FIRST_ROW + 2000):
        row = etree.SubElement(rows, main("row"), {"r": str(number)})
        for letter in "BCDEFGHIJKL":
            put(etree.SubElement(row, main("c"), {"r": f"{letter}{number}"}))


def all_wrong(package: Package) -> None:
    """Some 14,000 problems."""

    def put(cell: Element) -> None:
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, main("is")), main("t")).text = "x"

    many_cells(package, put)


def shared_text(package: Package) -> None:
    """One text of a million characters in 22,000 cells."""
    root = etree.fromstring(f'<sst xmlns="{main("x")[1:-2]}"/>')
    package.add("xl/sharedStrings.xml", root, SHARED)
    package.relate("xl/workbook.xml", "sharedStrings", "xl/sharedStrings.xml")
    item = etree.SubElement(root, main("si"))
    etree.SubElement(item, main("t")).text = chinese(1_000_000)

    def put(cell: Element) -> None:
        cell.set("t", "s")
        etree.SubElement(cell, main("v")).text = "0"

    many_cells(package, put)


def empty_rows(package: Package) -> None:
    """Rows without anything, three quarters of a million."""
    rows = _rows(package.xml(package.sheets()[INDICATORS]))
    for _ in range(750_000):
        etree.SubElement(rows, main("row"))


def many_names(package: Package) -> None:
    """A hundred thousand names for one cell."""
    names = package.xml("xl/workbook.xml").find(main("definedNames"))
    assert names is not None
    for number in range(100_000):
        etree.SubElement(names, main("definedName"), {"name": f"x{number}"}).text = "'基本情况'!$A$1"


def many_sheets(package: Package) -> None:
    """A thousand sheets that are all the same, and no names."""
    no_names(package)
    sheets = package.xml("xl/workbook.xml").find(main("sheets"))
    assert sheets is not None
    for number in range(1000):
        sheet = etree.SubElement(sheets, main("sheet"), {str(k): str(v) for k, v in sheets[0].attrib.items()})
        sheet.set("name", f"表{number}")


def big_merges(package: Package) -> None:
    """Merged cells that cover whole sheets, over and over."""
    sheet = package.xml(package.sheets()[INDICATORS])
    merged = etree.Element(main("mergeCells"))
    _rows(sheet).addnext(merged)
    for _ in range(1000):
        etree.SubElement(merged, main("mergeCell"), {"ref": "A1:XFD1048576"})


def nested(depth: int) -> bytes:
    """A value inside so many lists."""
    return b'{"form": "haizhu-2022", "goals": [{"goal": ' + b"[" * depth + b"]" * depth + b"}]}"


FULL = [{"goal": chinese(MAX_ENTERED_TEXT // 4), "completion": chinese(MAX_ENTERED_TEXT // 4)}]
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "last row, no names": (".xlsx", lambda: changed(last_row)),
    "all wrong": (".xlsx", lambda: changed(all_wrong)),
    "shared text": (".xlsx", lambda: changed(shared_text)),
    "unknown keys": (".json", lambda: submission(**{f"k{number}": 0 for number in range(300_000)})),
    "long key": (".json", lambda: submission(**{"k" * 5_000_000: 0})),
    "deep lists": (".json", lambda: nested(950)),
    "deeper lists": (".json", lambda: nested(1_000_000)),
    "long number": (
        ".json",
        lambda: b'{"form": "haizhu-2022", "budget": {"total": 0.' + b"1" * 7_000_000 + b"}}",
    ),
    "empty rows": (".xlsx", lambda: changed(empty_rows)),
    "names": (".xlsx", lambda: changed(many_names)),
    "sheets": (".xlsx", lambda: changed(many_sheets)),
    "merges": (".xlsx", lambda: changed(big_merges)),
    "empty objects": (".json", lambda: submission(budget=[{}] * 2_500_000)),
    "numbers": (".json", lambda: submission(budget=[0.5] * 1_500_000)),
    "long form id": (".json", lambda: b'{"form": "' + b"a" * 7_000_000 + b'"}'),
}
ALWAYS = 8
"""The first so many are tried on every run, the rest with ZHENGTI_LONG=1."""


def within(file: Path, *arguments: str | Path) -> None:
    """A command is done or refused, in time and memory."""
    code, seconds, megabytes, messages = cost(*arguments)
    assert code in (0, 1, 2), messages
    assert "程序内部错误" not in messages and "Traceback" not in messages
    assert seconds < SECONDS and megabytes < MEGABYTES, (file.name, seconds, megabytes)
    assert len(messages) < 100_000


@pytest.mark.parametrize("name", list(FILES) if LONG else list(FILES)[:ALWAYS])
def test_much_work_is_done_or_refused(name: str, tmp_path: Path) -> None:
    suffix, make = FILES[name]
    file = tmp_path / f"部门{suffix}"
    file.write_bytes(make())
    within(file, "check", file)
    if not LONG:
        return
    within(file, "build", file, "-o", tmp_path, "--draft", "--docx")
    if suffix == ".xlsx":
        within(file, "check", file, "--annotate", tmp_path / "标注.xlsx")
        within(file, "upgrade", file, "-o", tmp_path / "新.xlsx")
    else:
        within(file, "fill", file, "-o", tmp_path / "新.xlsx")


@pytest.mark.skipif(not LONG, reason="takes half a minute; ZHENGTI_LONG=1 runs it")
def test_the_most_text_a_form_may_have_is_printed_in_time(tmp_path: Path) -> None:
    file = tmp_path / "部门.json"
    file.write_bytes(submission(goals=FULL))
    for kind in ("--docx", "--pdf"):
        within(file, "build", file, "-o", tmp_path, "--draft", kind)
