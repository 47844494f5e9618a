"""Reading cells: values, their kinds, formats and runs, from files of every office program and from odd ones."""

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
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.forms_support import FICTIONAL
from tests.support import time_limit
from zhengti_zip import load_form, read
from zhengti_zip.base.errors import InputError
from zhengti_zip.workbook.formats import is_percentage
from zhengti_zip.workbook.read.cell import NOT_CALCULATED, SheetCell, TextRun
from zhengti_zip.workbook.read.grid import CellGrid, open_grid
from zhengti_zip.workbook.read.stripped import Area
from zhengti_zip.workbook.write.writer import blank_workbook

SAMPLES = Path(__file__).parents[2] / "samples"
TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


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


def grid(content: bytes) -> CellGrid:
    return open_grid(Path("甲.xlsx"), content)


def values(content: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """Every value that is there, by sheet, row and column."""
    cells = grid(content)
    return {
        title: {
            (row, column): value
            for column in range(1, 30)
            for row, value in cells.column(title, column).items()
        }
        for title in cells.titles
    }


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
    found = grid(content).names
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
    ("code", "expected"),
    [
        ("General", False),
        ("0%", True),
        ("0.00%;[Red]-0.00%", True),
        ('0.0"%"', False),
        (r"0.0\%", False),
        ('[Red]0.0"年%"', False),
        ("yyyy-mm-dd", False),
    ],
)
def test_a_number_format_says_whether_a_number_is_a_percentage(code: str, expected: bool) -> None:
    assert is_percentage(code) is expected


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("yyyy-mm-dd", datetime(2022, 3, 1)),
        ('yyyy"年"m"月"d"日"', datetime(2022, 3, 1)),
        ('#,##0.00" 万元"', 44621),
        ('"year" 0', 44621),
        ("[Red]0.0", 44621),
        ("0.00E+00", 44621),
        ("[$-804]aaaa;@", 44621),
    ],
)
def test_a_number_format_says_whether_a_number_is_a_date(code: str, shown: object) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = 44621, code
    assert one(saved(book)) == shown
    cell = grid(saved(book)).cell("Sheet", 1, 1)
    assert cell and cell.number_format == code


@pytest.mark.parametrize("number", [27, 31, 36, 50, 57, 58])
def test_the_date_formats_of_a_chinese_excel_are_known_by_number(number: int) -> None:
    """They stand in a file by number alone: 31 is 2022年3月1日."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = 44621, "0.00"
    styled = edited(saved(book), lambda _, part: part.replace(b'numFmtId="2"', b'numFmtId="%d"' % number))
    assert one(styled) == datetime(2022, 3, 1)
    assert one(saved(book)) == 44621


def test_hours_beyond_a_day_and_days_that_do_not_exist() -> None:
    book = Workbook()
    sheet: Any = book.active
    for number, (value, code) in enumerate(
        [(0.5, "[h]:mm"), (1.25, "[h]:mm"), (60, "yyyy-mm-dd"), (10**9, "yyyy-mm-dd")], start=1
    ):
        sheet.cell(number, 1, value).number_format = code
    content = saved(book)
    assert one(content, 1) == time(12)
    assert one(content, 2) == datetime(1899, 12, 31, 6)
    assert one(content, 3) == datetime(1900, 2, 28)
    cell = grid(content).cell("Sheet", 4, 1)
    assert cell and (cell.value, cell.kind) == ("#VALUE!", "e")


def test_every_cell_says_its_kind() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append([1.5, "字", True, date(2022, 3, 1), "#N/A"])
    cells = grid(saved(book))
    assert [getattr(cells.cell("Sheet", 1, column), "kind", None) for column in range(1, 7)] == [
        *("n", "s", "b", "d", "e"),
        None,
    ]


def test_error_values_of_later_versions_are_errors() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "#N/A"
    newer = edited(saved(book), lambda _, part: part.replace(b"#N/A", b"#BLOCKED!"))
    cell = grid(newer).cell("Sheet", 1, 1)
    assert cell and (cell.value, cell.kind) == ("#BLOCKED!", "e")


def test_false_dimensions_hide_nothing() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["C7"] = "字"
    false = edited(
        saved(book), lambda _, part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part)
    )
    assert one(false, 7, 3) == "字"


def test_what_openpyxl_does_not_understand_beside_the_cells_does_no_harm() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "字"
    strange = b'</sheetData><dataValidations><dataValidation type="new" sqref="?"/></dataValidations>'
    content = edited(saved(book), lambda _, part: part.replace(b"</sheetData>", strange))
    with pytest.raises(TypeError):
        load_workbook(BytesIO(content))
    assert one(content) == "字"


@pytest.mark.parametrize("is_shared", [False, True])
def test_runs_of_a_text_keep_their_look(is_shared: bool) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = CellRichText(
        "面积", TextBlock(InlineFont(vertAlign="superscript"), "2"), TextBlock(InlineFont(strike=True), "亩")
    )
    sheet["A2"] = "平常"
    content = shared(saved(book)) if is_shared else saved(book)
    cells = grid(content)
    assert cells.value("Sheet", 1, 1) == "面积2亩"
    assert cells.runs("Sheet", 1, 1) == (
        TextRun("面积"),
        TextRun("2", "superscript"),
        TextRun("亩", "", True),
    )
    assert cells.runs("Sheet", 2, 1) == ()
    assert cells.runs("Sheet", 3, 1) == ()


def shared(content: bytes) -> bytes:
    """The same with its first text in the part of shared texts, as Excel has it."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    [text] = re.findall(rb'<c r="A1"[^>]*><is>(.*?)</is></c>', sheet)
    return with_strings(content, b"<si><t>0</t></si><si>" + text + b"</si>")


def test_a_percentage_is_the_number_stored_with_its_format() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1"].number_format = 0.95, "0%"
    assert grid(saved(book)).cell("Sheet", 1, 1) == SheetCell(0.95, "n", "0%")


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


def with_strings(content: bytes, items: bytes) -> bytes:
    """A workbook whose cell A1 shows the second of some shared texts."""
    relation = (
        b'<Relationship Id="shared" Target="/xl/sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )

    def change(name: str, part: bytes) -> bytes:
        part = re.sub(rb'<c r="A1" t="inlineStr">.*?</c>', b'<c r="A1" t="s"><v>1</v></c>', part)
        return part.replace(b"</Relationships>", relation) if name == "xl/_rels/workbook.xml.rels" else part

    stream = BytesIO(edited(content, change))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/sharedStrings.xml", b"<sst xmlns='" + TRANSITIONAL + b"'>" + items + b"</sst>")
    return stream.getvalue()


def test_texts_may_stand_in_a_part_of_their_own() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "文字"
    items = b"<si><t>0</t></si><si>" + RICH + b"</si>"
    assert one(with_strings(saved(book), items)) == "海珠 "


def test_cells_without_a_name_stand_next_to_each_other() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["甲", "乙"])
    sheet.append(["丙"])
    content = edited(
        saved(book), lambda name, part: re.sub(rb' r="[A-Z]*\d+"', b"", part) if "sheet1" in name else part
    )
    assert values(content) == {"Sheet": {(1, 1): "甲", (1, 2): "乙", (2, 1): "丙"}}


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
    assert grid(content).names["n"] == area


@pytest.mark.parametrize("place", [b"A1048577", b"XFE1", b"A0", b"1A", b"ZZZZ1"])
def test_a_cell_outside_of_a_sheet_is_damage(place: bytes, tmp_path: Path) -> None:
    file = tmp_path / "坏.xlsx"
    content = (SAMPLES / "haizhu-2022.xlsx").read_bytes()
    file.write_bytes(edited(content, lambda _, part: part.replace(b'r="A1"', b'r="' + place + b'"')))
    with pytest.raises(InputError, match="已损坏"):
        read(file)


ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_with_a_document_type_gets_as_far_as_openpyxl(part: str, encoding: str) -> None:
    def change(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
        return (head + ENTITY + old).decode("utf-8").encode(encoding)

    with pytest.raises(InputError, match="DTD"):
        values(edited(saved(Workbook()), change))


def test_a_sheet_may_be_in_the_other_encoding_of_xml() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "字"
    head = '<?xml version="1.0" encoding="UTF-16"?>'

    def change(name: str, old: bytes) -> bytes:
        return (head + old.decode("utf-8")).encode("utf-16") if "sheet1" in name else old

    assert one(edited(saved(book), change)) == "字"


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A1"><v>1x</v></c>',
        b'<c r="A1" t="s"><v>7</v></c>',
        b'<c r="A1" t="b"><v>ja</v></c>',
        b'<c r="A1" t="d"><v>heute</v></c>',
        b'<c r="A1" t="d"><v>2022-13-41</v></c>',
        b'<c r="A1" s="x"><v>1</v></c>',
        b'<c r="A1"><v>' + b"9" * 5000 + b"</v></c>",
    ],
)
def test_a_value_that_is_none_is_damage(cell: bytes) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = 1
    content = edited(saved(book), lambda _, part: re.sub(rb'<c r="A1".*?</c>', cell, part))
    with pytest.raises(InputError, match="已损坏"):
        one(content)


def test_a_row_number_beyond_a_sheet_is_refused_at_once() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = 1
    far = edited(
        saved(book),
        lambda _, part: re.sub(rb'<row r="1"([^>]*)><c r="A1"', rb'<row r="999999999"\1><c', part),
    )
    assert far != saved(book)
    with time_limit(20), pytest.raises(InputError):
        one(far)


def test_a_cell_of_a_style_that_is_not_there_is_read() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = 1
    assert one(edited(saved(book), lambda _, part: part.replace(b'<c r="A1"', b'<c r="A1" s="99"'))) == 1
