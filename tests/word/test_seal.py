"""A Word file tells whether it is still as it was made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.wordlike import DEMO, HAIZHU, built, packed, parts_of, retype
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import read, render_docx
from zhengti_zip.grid.examine import examine
from zhengti_zip.word.seal import DATA_PART, is_untouched


def test_a_file_is_untouched_until_somebody_saves_it() -> None:
    content = built(DEMO)
    assert is_untouched(content)
    assert is_untouched(packed(parts_of(content)))  # packed again by a mail program
    assert not is_untouched(retype(content, {"budget.basic": "1"}))


def test_every_part_counts() -> None:
    parts = parts_of(built(DEMO))
    for name in parts:
        assert not is_untouched(packed({**parts, name: parts[name] + b" "})), name
        assert not is_untouched(packed({key: part for key, part in parts.items() if key != name})), name
    other = parts_of(built(HAIZHU))[DATA_PART]
    assert not is_untouched(packed({**parts, DATA_PART: other}))


def test_what_is_no_file_of_ours_is_not_untouched() -> None:
    bare = render_docx(examine(read(DEMO)).table)
    for content in (b"", b"PK\x03\x04", DEMO.read_bytes(), bare):
        assert not is_untouched(content)


@pytest.mark.slow
@needs_libreoffice
def test_a_file_saved_by_libreoffice_is_not_untouched(tmp_path: Path) -> None:
    file = tmp_path / "表.docx"
    file.write_bytes(built(DEMO))
    [saved] = convert([file], tmp_path / "out", "docx")
    assert not is_untouched(saved.read_bytes())
