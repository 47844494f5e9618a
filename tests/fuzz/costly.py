"""Small files that ask for much work, each of a kind whose size can be chosen."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from lxml import etree

from tests.fuzz.base import data, documents, printed, workbook
from tests.review.wordlike import DOCUMENT, packed, parts_of
from zhengti_zip.base.package import Element
from zhengti_zip.review.wordfile import word
from zhengti_zip.workbook.edit.ooxml import Package, main

SHEET, INDICATORS = "年度目标", "绩效指标"
Maker = Callable[[int], bytes]


def _book(change: Callable[[Package], None]) -> bytes:
    package = Package(workbook())
    change(package)
    return package.save()


def _names(package: Package) -> Element:
    found = package.xml("xl/workbook.xml").find(main("definedNames"))
    assert found is not None
    return found


def _data(package: Package, title: str = SHEET) -> Element:
    found = package.xml(package.sheets()[title]).find(main("sheetData"))
    assert found is not None
    return found


def _long_name(text: Callable[[int], str]) -> Maker:
    def make(size: int) -> bytes:
        def change(package: Package) -> None:
            etree.SubElement(_names(package), main("definedName"), {"name": "x"}).text = text(size)

        return _book(change)

    return make


def _many_names(size: int) -> bytes:
    def change(package: Package) -> None:
        for number in range(size):
            item = etree.SubElement(_names(package), main("definedName"), {"name": f"x{number}"})
            item.text = "'a''b'!$A$1,c!B2"

    return _book(change)


def _many_sheets(size: int) -> bytes:
    def change(package: Package) -> None:
        sheets = package.xml("xl/workbook.xml").find(main("sheets"))
        assert sheets is not None
        for number in range(size):
            again = etree.SubElement(
                sheets, main("sheet"), {str(k): str(v) for k, v in sheets[0].attrib.items()}
            )
            again.set("name", f"表{number // 2}")

    return _book(change)


def _twice_titled(size: int) -> bytes:
    """A title that two parts have, and merged cells in the second."""

    def change(package: Package) -> None:
        part = package.sheets()[SHEET]
        other = etree.fromstring(etree.tostring(package.xml(part)))
        merged = other.find(main("mergeCells"))
        if merged is None:
            merged = etree.SubElement(other, main("mergeCells"))
        etree.SubElement(merged, main("mergeCell"), {"ref": f"A1:{'XFD' if size > 999 else 'Z'}{size}"})
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        package.add("xl/worksheets/again.xml", other, kind)
        key = package.relate("xl/workbook.xml", "worksheet", "xl/worksheets/again.xml")
        sheets = package.xml("xl/workbook.xml").find(main("sheets"))
        assert sheets is not None
        item = etree.SubElement(sheets, main("sheet"), {"name": SHEET, "sheetId": "999"})
        item.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", key)

    return _book(change)


def _far_rows(size: int) -> bytes:
    """Rows far down, each with something far to the right and nothing right in it."""

    def change(package: Package) -> None:
        rows = _data(package, INDICATORS)
        last = max(int(row.get("r", "0")) for row in rows)
        for number in range(last + 1, last + 1 + size):
            row = etree.SubElement(rows, main("row"), {"r": str(number)})
            for column in ("B", "F", "SF"):
                cell = etree.SubElement(row, main("c"), {"r": f"{column}{number}", "t": "inlineStr"})
                etree.SubElement(etree.SubElement(cell, main("is")), main("t")).text = "无"

    return _book(change)


def _raw_cells(text: Callable[[int], bytes]) -> Maker:
    """Text put at the end of the cells of a sheet."""

    def make(size: int) -> bytes:
        package = Package(workbook())
        part = package.sheets()[SHEET]
        package.parts[part] = package.parts[part].replace(b"</sheetData>", text(size) + b"</sheetData>")
        return package.save()

    return make


def _formats(size: int) -> bytes:
    def change(package: Package) -> None:
        styles = package.xml("xl/styles.xml")
        formats = styles.find(main("numFmts"))
        if formats is None:
            formats = etree.Element(main("numFmts"))
            styles.insert(0, formats)
        for number in range(3):
            code = {"numFmtId": str(170 + number), "formatCode": '[_"'[number] * size}
            etree.SubElement(formats, main("numFmt"), code)
        looks = styles.find(main("cellXfs"))
        assert looks is not None
        for look in looks:
            look.set("numFmtId", "170")

    return _book(change)


def _looks(size: int) -> bytes:
    def change(package: Package) -> None:
        looks = package.xml("xl/styles.xml").find(main("cellXfs"))
        assert looks is not None
        first = len(looks)
        for _ in range(size):
            etree.SubElement(looks, main("xf"), {str(k): str(v) for k, v in looks[0].attrib.items()})
        rows = _data(package, INDICATORS)
        for number, cell in enumerate(rows.iter(main("c"))):
            cell.set("s", str(first + number % size))

    return _book(change)


def _version(size: int) -> bytes:
    package = Package(workbook())
    for name in _names(package):
        if name.get("name") == "zt_version":
            name.text = "'基本情况'!$Z$1"
    row = _data(package, "基本情况").find(main("row"))
    assert row is not None
    cell = etree.SubElement(row, main("c"), {"r": "Z1", "t": "inlineStr"})
    etree.SubElement(etree.SubElement(cell, main("is")), main("t")).text = "²" * (size % 3) + "9" * size
    return package.save()


def _word(change: Callable[[dict[str, bytes], Element], None]) -> bytes:
    parts = parts_of(documents()[0])
    root = etree.fromstring(parts[DOCUMENT])
    change(parts, root)
    parts[DOCUMENT] = etree.tostring(root)
    return packed(parts)


def _paragraphs(root: Element) -> list[Element]:
    return list(root.iter(word("p")))


def _run(parent: Element, text: str = "字") -> Element:
    run = etree.SubElement(parent, word("r"))
    etree.SubElement(run, word("t")).text = text
    return run


def _comments(parts: dict[str, bytes], count: int) -> None:
    """A part with so many comments, by as many authors."""
    root = etree.Element(word("comments"))
    for number in range(count):
        item = etree.SubElement(
            root, word("comment"), {word("id"): str(number), word("author"): f"甲{number}"}
        )
        _run(etree.SubElement(item, word("p")))
    parts["word/comments.xml"] = etree.tostring(root)
    name = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    added = f'<Relationship Id="rIdC" Type="{kind}" Target="comments.xml"/></Relationships>'.encode()
    parts[name] = parts[name].replace(b"</Relationships>", added)


def _open_comments(size: int) -> bytes:
    """Comments that begin before a run each and never end."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        _comments(parts, size)
        last = _paragraphs(root)[-1]
        for number in range(size):
            etree.SubElement(last, word("commentRangeStart"), {word("id"): str(number)})
            _run(last)

    return _word(change)


def _single_comments(size: int) -> bytes:
    """Comments on a run each."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        _comments(parts, size)
        paragraphs = _paragraphs(root)
        for number in range(size):
            here = paragraphs[number % 40]
            etree.SubElement(here, word("commentRangeStart"), {word("id"): str(number)})
            _run(here)
            etree.SubElement(here, word("commentRangeEnd"), {word("id"): str(number)})

    return _word(change)


def _revisions(size: int) -> bytes:
    """Insertions by as many authors, in one input."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        content = next(item for item in root.iter(word("sdtContent")) if item.find(word("r")) is not None)
        for number in range(size):
            marks = {
                word("id"): str(number),
                word("author"): f"甲{number}",
                word("date"): "2023-01-01T00:00:00Z",
            }
            _run(etree.SubElement(content, word("ins"), marks))

    return _word(change)


def _cells(size: int) -> bytes:
    """Empty cells added to one row."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        row = next(root.iter(word("tr")))
        row.extend([etree.Element(word("tc")) for _ in range(size)])

    return _word(change)


def _loose_paragraphs(size: int) -> bytes:
    """Paragraphs without a control in every cell of a row, and between the tables."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        cells = list(root.iter(word("tc")))
        for number in range(size):
            _run(etree.SubElement(cells[number % len(cells)], word("p")), f"{number}．甲" * 9)

    return _word(change)


def _data_parts(size: int) -> bytes:
    def change(parts: dict[str, bytes], root: Element) -> None:
        for number in range(3):
            text = ("[]," * size)[:-1]
            parts[f"customXml/item{number}0.xml"] = f"<a xmlns='urn:x'>[{text}]</a>".encode()

    return _word(change)


def _nested_controls(size: int) -> bytes:
    """Controls within each other, and copies of controls side by side."""

    def change(parts: dict[str, bytes], root: Element) -> None:
        last = _paragraphs(root)[-1]
        here = last
        for _ in range(min(size, 100)):
            control = etree.SubElement(here, word("sdt"))
            here = etree.SubElement(control, word("sdtContent"))
            _run(here)
        for number in range(size):
            control = etree.SubElement(last, word("sdt"))
            _run(etree.SubElement(control, word("sdtContent")), "甲" * (number % 7 + 1))

    return _word(change)


def _symbols(size: int) -> bytes:
    def change(parts: dict[str, bytes], root: Element) -> None:
        content = next(item for item in root.iter(word("sdtContent")) if item.find(word("r")) is not None)
        for number in range(size):
            run = etree.SubElement(content, word("r"))
            etree.SubElement(
                run, word("sym"), {word("char"): ("0001", "FFFE", "FFFF", "D800", "0B")[number % 5]}
            )

    return _word(change)


def _json_number(pattern: Callable[[int], str]) -> Maker:
    def make(size: int) -> bytes:
        return data().replace(b'"total": "', f'"total": {pattern(size)}, "x": "'.encode(), 1)

    return make


def _json_goals(size: int) -> bytes:
    changed = json.loads(data())
    changed["goals"] = [{"goal": f"{number}.甲", "completion": "未完成"} for number in range(size)]
    return json.dumps(changed, ensure_ascii=False).encode()


def _json_text(text: Callable[[int], str]) -> Maker:
    def make(size: int) -> bytes:
        changed = json.loads(data())
        changed["fields"]["department"] = text(size)
        changed["goals"][0]["completion"] = text(size)
        changed["budget"]["total"] = text(size)
        return json.dumps(changed, ensure_ascii=False).encode()

    return make


def _pdf(change: Callable[[pikepdf.Pdf, int], None]) -> Maker:
    def make(size: int) -> bytes:
        with pikepdf.open(BytesIO(printed()[0])) as pdf:
            change(pdf, size)
            stream = BytesIO()
            pdf.save(stream)
            return stream.getvalue()

    return make


def _attach(pdf: pikepdf.Pdf, raw: bytes, **entries: object) -> None:
    stream = pikepdf.Stream(pdf, raw)
    for key, value in entries.items():
        stream[f"/{key}"] = value
    names = pdf.Root.Names.EmbeddedFiles.Names
    names[1].EF.F = pdf.make_indirect(stream)
    names[1].EF.UF = names[1].EF.F


def _predictor(row: bytes, columns: int) -> Maker:
    def change(pdf: pikepdf.Pdf, size: int) -> None:
        parameters = pikepdf.Dictionary(Predictor=15, Columns=columns)
        packed_rows = zlib.compress(row * (size // len(row) + 1), 9)
        _attach(pdf, packed_rows, Filter=pikepdf.Name.FlateDecode, DecodeParms=parameters)

    return _pdf(change)


def _deflate_bomb(pdf: pikepdf.Pdf, size: int) -> None:
    packer = zlib.compressobj(9)
    deflated = (
        b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000 + 1)) + packer.flush()
    )
    _attach(pdf, deflated, Filter=pikepdf.Name.FlateDecode)


def _twice_deflated(pdf: pikepdf.Pdf, size: int) -> None:
    twice = zlib.compress(zlib.compress(bytes(size), 9), 9)
    _attach(pdf, twice, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))


def _lzw_zeros(pdf: pikepdf.Pdf, size: int) -> None:
    # A code of nine bits for each zero: no table grows beyond what this packs.
    _attach(pdf, b"\x80\x00\x00\x00" * (size // 4), Filter=pikepdf.Name.LZWDecode)


def _object_streams(size: int) -> bytes:
    """Object streams of zeros, each asked for by the table of objects."""
    count = 8
    bomb = zlib.compress(b"1 0 " + bytes(size), 9)
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number in range(count):
        places.append(len(out))
        head = (
            f"{number + 10} 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {len(bomb)}>>stream\n"
        )
        out += head.encode() + bomb + b"\nendstream endobj\n"
    rows = b"".join(b"\x02" + (10 + number % count).to_bytes(4, "big") + b"\0" for number in range(10))
    rows += b"".join(b"\x01" + place.to_bytes(4, "big") + b"\0" for place in places)
    start = len(out)
    head = f"30 0 obj <</Type/XRef/Size 18/W[1 4 1]/Root 1 0 R/Length {len(rows)}>>stream\n"
    out += head.encode() + rows + f"\nendstream endobj\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def _xref_rows(size: int) -> bytes:
    """A table of objects packed with a predictor of one column."""
    rows = zlib.compress(b"\x02\x01" * size, 9)
    head = (
        f"%PDF-1.5\n1 0 obj <</Type/XRef/Size {size}/W[1 0 0]/Root 2 0 R/Filter/FlateDecode"
        f"/DecodeParms<</Predictor 12/Columns 1>>/Length {len(rows)}>>stream\n"
    ).encode()
    return head + rows + b"\nendstream endobj\nstartxref\n9\n%%EOF"


COSTLY: dict[str, tuple[str, int, int, Maker]] = {
    "name of letters": (".xlsx", 1000, 500_000, _long_name(lambda size: "a" * size)),
    "name of quotes": (".xlsx", 1000, 500_000, _long_name(lambda size: "'" * size)),
    "name of signs": (".xlsx", 1000, 500_000, _long_name(lambda size: "a!" * size)),
    "many names": (".xlsx", 5000, 300_000, _many_names),
    "many sheets": (".xlsx", 200, 300_000, _many_sheets),
    "one title twice": (".xlsx", 1000, 1_048_576, _twice_titled),
    "rows far down": (".xlsx", 300, 100_000, _far_rows),
    "blanks behind a formula": (
        ".xlsx",
        100_000,
        8_000_000,
        _raw_cells(lambda size: b'<row r="900"><c r="B900"><f>1</f>' + b" " * size + b"</c></row>"),
    ),
    "a cell's name again and again": (
        ".xlsx",
        20_000,
        1_000_000,
        _raw_cells(lambda size: b"<row r='900'><c x='" + b' r="B9"' * size + b"'></c></row>"),
    ),
    "tags that do not end": (".xlsx", 20_000, 1_000_000, _raw_cells(lambda size: b"<c <f <row " * size)),
    "empty cells": (
        ".xlsx",
        20_000,
        1_000_000,
        _raw_cells(lambda size: b"<row>" + b"<c/>" * size + b"</row>"),
    ),
    "number formats": (".xlsx", 10_000, 500_000, _formats),
    "looks": (".xlsx", 5000, 300_000, _looks),
    "version": (".xlsx", 1000, 100_000, _version),
    "comments left open": (".docx", 200, 30_000, _open_comments),
    "comments": (".docx", 500, 40_000, _single_comments),
    "tracked changes": (".docx", 500, 40_000, _revisions),
    "cells of a row": (".docx", 10_000, 1_000_000, _cells),
    "loose paragraphs": (".docx", 1000, 100_000, _loose_paragraphs),
    "data parts": (".docx", 50_000, 3_000_000, _data_parts),
    "nested controls": (".docx", 500, 50_000, _nested_controls),
    "forbidden symbols": (".docx", 500, 50_000, _symbols),
    "exponents": (".json", 5, 5000, _json_number(lambda size: "1e" + "9" * size)),
    "digits": (".json", 3000, 1_000_000, _json_number(lambda size: "9" * size)),
    "decimals": (".json", 3000, 1_000_000, _json_number(lambda size: "0." + "3" * size)),
    "goals": (".json", 500, 20_000, _json_goals),
    "blanks in a text": (".json", 5000, 90_000, _json_text(lambda size: "甲" + " " * size + "乙（本级")),
    "digits in a text": (".json", 5000, 90_000, _json_text(lambda size: "1" * size)),
    "raised digits": (".json", 5000, 90_000, _json_text(lambda size: "1" + "¹," * (size // 2) + "甲")),
    "escapes": (".json", 1000, 15_000, _json_text(lambda size: "_x005F" * size)),
    "rows of one column": (".pdf", 1_000_000, 100_000_000, _predictor(b"\x02\x01", 1)),
    "Paeth rows": (".pdf", 1_000_000, 100_000_000, _predictor(b"\x04" + b"\x07" * 1000, 1000)),
    "deflated zeros": (".pdf", 1_000_000, 1_000_000_000, _pdf(_deflate_bomb)),
    "zeros deflated twice": (".pdf", 1_000_000, 100_000_000, _pdf(_twice_deflated)),
    "LZW": (".pdf", 1_000_000, 15_000_000, _pdf(_lzw_zeros)),
    "object streams": (".pdf", 1_000_000, 75_000_000, _object_streams),
    "table of objects": (".pdf", 1_000_000, 60_000_000, _xref_rows),
}
"""By name: suffix, a size that takes some tenths of a second at most, the largest size tried, and the maker."""
