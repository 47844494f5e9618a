"""Reading values: the same as openpyxl gives, from the same files, and from files it cannot read."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.forms_support import FICTIONAL
from zhengti_zip import load_form, read
from zhengti_zip.errors import InputError
from zhengti_zip.workbook.cellvalues import DATE, GENERAL, NOT_CALCULATED, PERCENT, kind_of_format
from zhengti_zip.workbook.spreadsheet import Area, Spreadsheet
from zhengti_zip.workbook.writer import blank_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


def saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package with every part passed through ``change``."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def values(content: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    book = Spreadsheet(Path("甲.xlsx"), content)
    return {title: book.sheet(title).values for title in book.titles}


def one(content: bytes, row: int = 1, column: int = 1) -> Any:
    return next(iter(values(content).values())).get((row, column))


def other_values(content: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """The same, by openpyxl."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calculated, formulas = (load_workbook(BytesIO(content), data_only=flag) for flag in (True, False))
    found: dict[str, dict[tuple[int, int], Any]] = {}
    for sheet in formulas.worksheets:
        cells = found.setdefault(sheet.title, {})
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            value = calculated[sheet.title].cell(cell.row, cell.column).value
            cells[cell.row, cell.column] = NOT_CALCULATED if value is None else value
    return found


@pytest.mark.parametrize("name", ["haizhu-2022.xlsx", "demo-2022.xlsx", "blank", "fictional"])
def test_every_value_is_what_openpyxl_reads(name: str) -> None:
    forms: dict[str, str | Path] = {"blank": "haizhu-2022", "fictional": FICTIONAL}
    content = blank_workbook(load_form(forms[name])) if name in forms else (SAMPLES / name).read_bytes()
    assert values(content) == other_values(content)


def test_every_name_is_what_openpyxl_reads() -> None:
    content = (SAMPLES / "haizhu-2022.xlsx").read_bytes()
    found = dict(Spreadsheet(Path("甲.xlsx"), content).names())
    book = load_workbook(BytesIO(content))
    for name, defined in book.defined_names.items():
        [(sheet, reference)] = list(defined.destinations)
        area = found[name]
        assert area is not None
        top_left = reference.partition(":")[0].replace("$", "")
        assert book[area.sheet].cell(area.top, area.left).coordinate == top_left
        assert area.sheet == sheet


def test_every_kind_of_value() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append([1, -2.5, 1e-7, 10**14, True, False, "字", "a\nb", " 前后 ", "", None, "=1+1", "#N/A"])
    sheet.append([date(2022, 3, 1), datetime(2022, 3, 1, 8, 30), time(8, 30), datetime(1900, 2, 1)])
    assert values(saved(book)) == other_values(saved(book))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", GENERAL),
        ("0.00", GENERAL),
        ("0.00E+00", GENERAL),
        ('#,##0.00" 万元"', GENERAL),
        ("0%", PERCENT),
        ("0.00%;[Red]-0.00%", PERCENT),
        ('0.0"%"', GENERAL),
        (r"0.0\%", GENERAL),
        ("yyyy-mm-dd", DATE),
        ('yyyy"年"m"月"d"日"', DATE),
        ("[$-804]aaaa;@", GENERAL),
        ("[h]:mm", DATE),
        ("[Red]0.0", GENERAL),
        ('"year" 0', GENERAL),
        ("_-* #,##0_-", GENERAL),
    ],
)
def test_a_number_format_says_what_a_number_is(code: str, kind: str) -> None:
    assert kind_of_format(code) == kind


def test_a_percentage_reads_as_the_number_shown() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = 0.95, "0%"
    assert one(saved(book)) == 95


def test_dates_of_a_mac_count_from_1904() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = date(2022, 3, 1)
    plain = saved(book)
    mac = edited(plain, lambda _, part: re.sub(rb"<workbookPr ?[^>]*/>", b'<workbookPr date1904="1"/>', part))
    assert one(plain) == datetime(2022, 3, 1)
    assert one(mac) == datetime(2026, 3, 2)


def test_a_formula_gives_what_was_last_worked_out() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "=1+1"

    def cached(result: bytes, kind: bytes = b"n") -> bytes:
        def change(name: str, part: bytes) -> bytes:
            made = re.sub(rb"<v ?/>|<v></v>", b"<v>" + result + b"</v>", part)
            return made.replace(b'<c r="A1"', b'<c r="A1" t="' + kind + b'"') if "sheet1" in name else part

        return edited(saved(book), change)

    assert one(saved(book)) is NOT_CALCULATED
    assert one(cached(b"2")) == 2
    assert one(cached("两".encode(), b"str")) == "两"
    assert one(cached(b"", b"str")) == "", "a formula may come to an empty text"
    assert one(cached(b"#REF!", b"e")) == "#REF!"


def test_what_only_looks_like_a_formula_is_text() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "文字"
    words = b"<is><t><![CDATA[<f>1+1</f>]]></t></is>"
    assert one(edited(saved(book), lambda _, part: re.sub(b"<is>.*?</is>", words, part))) == "<f>1+1</f>"


RICH = (
    "<r><t>海</t></r><r><rPr><b/></rPr><t xml:space='preserve'>珠 </t></r><rPh sb='0' eb='1'><t>hai</t></rPh>"
).encode()


def test_readings_of_characters_are_no_part_of_a_text() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "文字"
    inline = edited(saved(book), lambda _, part: re.sub(b"<is>.*?</is>", b"<is>" + RICH + b"</is>", part))
    assert one(inline) == "海珠 "


def test_texts_may_stand_in_a_part_of_their_own() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "文字"
    relation = (
        b'<Relationship Id="shared" Target="/xl/sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )

    def change(name: str, part: bytes) -> bytes:
        part = re.sub(rb'<c r="A1" t="inlineStr">.*?</c>', b'<c r="A1" t="s"><v>1</v></c>', part)
        return part.replace(b"</Relationships>", relation) if name == "xl/_rels/workbook.xml.rels" else part

    stream = BytesIO(edited(saved(book), change))
    with zipfile.ZipFile(stream, "a") as package:
        strings = b"<sst xmlns='" + TRANSITIONAL + b"'><si><t>0</t></si><si>" + RICH + b"</si></sst>"
        package.writestr("xl/sharedStrings.xml", strings)
    assert one(stream.getvalue()) == "海珠 "


def test_cells_without_a_name_stand_next_to_each_other() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["甲", "乙"])
    sheet.append(["丙"])
    content = edited(
        saved(book), lambda name, part: re.sub(rb' r="[A-Z]*\d+"', b"", part) if "sheet1" in name else part
    )
    assert values(content) == {"Sheet": {(1, 1): "甲", (1, 2): "乙", (2, 1): "丙"}}


def test_the_strict_variant_is_read() -> None:
    content = (SAMPLES / "haizhu-2022.xlsx").read_bytes()
    strict = edited(content, lambda _, part: part.replace(TRANSITIONAL, STRICT))
    assert strict != content
    assert values(strict) == values(content)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (b"'\xe5\x9f\xba\xe6\x9c\xac'!$B$5", Area("基本", 5, 2, 5)),
        (b"Sheet!$B$5:$C$9", Area("Sheet", 5, 2, 9)),
        (b"'It''s'!A1", Area("It's", 1, 1, 1)),
        (b"#REF!", None),
        (b"Sheet!#REF!", None),
        (b"Sheet!$B:$B", None),
        (b"0.05", None),
    ],
)
def test_a_name_leads_to_a_rectangle_or_nowhere(text: bytes, area: Area | None) -> None:
    name = b"<definedNames><definedName name='n'>" + text + b"</definedName></definedNames></workbook>"
    content = edited(
        saved(Workbook()),
        lambda part, old: (
            re.sub(rb"<definedNames ?/>", b"", old).replace(b"</workbook>", name)
            if part == "xl/workbook.xml"
            else old
        ),
    )
    assert dict(Spreadsheet(Path("甲.xlsx"), content).names())["n"] == area


@pytest.mark.parametrize("place", [b"A1048577", b"XFE1", b"A0", b"1A", b"ZZZZ1"])
def test_a_cell_outside_of_a_sheet_is_damage(place: bytes, tmp_path: Path) -> None:
    file = tmp_path / "坏.xlsx"
    content = (SAMPLES / "haizhu-2022.xlsx").read_bytes()
    file.write_bytes(edited(content, lambda _, part: part.replace(b'r="A1"', b'r="' + place + b'"')))
    with pytest.raises(InputError, match="已损坏"):
        read(file)
