"""The frame of every Word file is the output of its script and has only the parts that the form needs."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx

from scripts.build_frame import build
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip.word.document import frame_file
from zhengti_zip.word.styles import FOOTER, HEADER, PAGE_BREAK, PLACEHOLDER, SIGNATURE, SPACER, TITLE


def contents(file: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
    """Name, time and content of every part; the compressed bytes depend on the version of zlib."""
    with ZipFile(file) as package:
        return [(entry.filename, entry.date_time, package.read(entry)) for entry in package.infolist()]


def test_the_frame_is_what_the_script_builds(tmp_path: Path) -> None:
    built = tmp_path / "frame.docx"
    built.write_bytes(build())
    assert contents(frame_file()) == contents(built)


def test_it_has_few_parts_and_no_text_of_the_python_docx_template() -> None:
    parts = {name: content for name, _, content in contents(frame_file())}
    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]
    assert sum(map(len, parts.values())) < 12_000
    properties = docx.Document(str(frame_file())).core_properties
    assert (properties.author, properties.title, properties.last_modified_by) == ("", "", "")


def test_the_styles_the_form_names_are_in_it() -> None:
    styles = {style.style_id for style in docx.Document(str(frame_file())).styles}
    named = {TITLE, HEADER, FOOTER, SPACER, PAGE_BREAK, SIGNATURE, PLACEHOLDER}
    assert styles == named | {"Normal", "DefaultParagraphFont", "TableNormal", "Label", "Text"}


@needs_libreoffice
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    [pdf] = convert([frame_file()], tmp_path, "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
