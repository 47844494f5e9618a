"""A validator of Office Open XML finds no mistakes, so that Word opens the file without repair."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.forms_support import EVERY_FORM, EXAMPLES, Example
from tests.support import GONE, table
from zhengti_zip.grid.table import FormTable, LineText
from zhengti_zip.word.document import render_docx

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"


def mistakes(content: bytes, folder: Path) -> list[str]:
    """The mistakes that the validator finds in a Word file."""
    file = folder / "form.docx"
    file.write_bytes(content)
    result = OpenXmlValidator(FileFormat.MICROSOFT_365, max_errors=0).validate(file)
    return [error.description for error in result.errors]


@EVERY_FORM
def test_the_file_is_valid(example: Example, tmp_path: Path) -> None:
    data = example.source.submission.to_json()
    assert mistakes(render_docx(example.table, data=data), tmp_path) == []


VARIANTS: dict[str, Callable[[FormTable], bytes]] = {
    "unlocked": lambda made: render_docx(made, unlocked=True),
    "draft": lambda made: render_docx(made, draft=True),
    "page numbers": lambda made: render_docx(replace(made, page_numbers=True)),
    "signature": lambda made: render_docx(
        replace(made, signature=(LineText("填报人："), LineText("审核人：")))
    ),
    "tracked changes": lambda made: render_docx(made, previous=EXAMPLES[1].table, data="{}"),
    "everything": lambda made: render_docx(
        replace(made, page_numbers=True), draft=True, unlocked=True, data="{}", previous=table()
    ),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_valid(variant: str, tmp_path: Path) -> None:
    assert mistakes(VARIANTS[variant](EXAMPLES[0].table), tmp_path) == []


@pytest.mark.parametrize(
    "text",
    ["", "全" * 30_000, "\n".join(["甲乙丙"] * 300), "\x00\x0b\ufffe\ud800<w:t>&]]>مرحبا 👨‍👩‍👧‍👦"],
    ids=["empty", "very long", "many paragraphs", "odd"],
)
def test_no_text_makes_it_invalid(text: str, tmp_path: Path) -> None:
    made = table(
        {"goals.0.completion": "完成" + text, "goals.0.goal": text, "fields.department": text or GONE}
    )
    assert mistakes(render_docx(made, data="{}"), tmp_path) == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (DOCUMENT, '<w:vAlign w:val="center"/>', '<w:vAlign w:val="middle"/>'),
        (DOCUMENT, '<w:pStyle w:val="TextCenter"/>', '<w:pStyle w:val="Nix"/>'),
        (DOCUMENT, "<w:r>", "<w:p/><w:r>"),
        (STYLES, "<w:basedOn", "<w:basedUpon"),
        ("word/_rels/document.xml.rels", "styles.xml", "stiles.xml"),
        ("customXml/itemProps1.xml", "<ds:schemaRef ", "<ds:schemaReference "),
    ],
)
def test_the_validator_finds_what_is_wrong(part: str, old: str, new: str, tmp_path: Path) -> None:
    content = render_docx(table(), data="{}")
    made = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(made, "w") as target:
        for name in package.namelist():
            text = package.read(name).decode("utf-8")
            assert name != part or old in text
            target.writestr(name, re.sub(re.escape(old), new, text, count=1) if name == part else text)
    assert mistakes(made.getvalue(), tmp_path)
