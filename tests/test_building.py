"""Files from a source: what the command asks for in pieces is what the library does at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests import support
from zhengti_zip import build, read
from zhengti_zip.building import Checked, printed
from zhengti_zip.errors import InputRefused


def test_what_was_found_out_before_makes_no_difference(tmp_path: Path) -> None:
    source = read(support.SAMPLE)
    at_once = build(source, tmp_path / "1", "甲")
    in_pieces = build(source, tmp_path / "2", "甲", checked=Checked.of(source))
    assert [file.name for file in at_once] == [file.name for file in in_pieces] == ["甲.pdf", "甲.docx"]
    for one, other in zip(at_once, in_pieces, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_errors_found_out_before_are_refused_too(tmp_path: Path) -> None:
    source = support.source({"fields.department": support.GONE})
    checked = Checked.of(source)
    with pytest.raises(InputRefused) as refused:
        build(source, tmp_path / "out", "甲", checked=checked)
    assert refused.value.problems == checked.problems
    assert not (tmp_path / "out").exists()


def test_the_files_asked_for_are_made() -> None:
    source = read(support.SAMPLE)
    evaluation = source.evaluate()
    assert list(printed(source, evaluation)) == [".pdf", ".docx"]
    assert list(printed(source, evaluation, docx=False)) == [".pdf"]
    assert not printed(source, evaluation, pdf=False, docx=False)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_file_whose_name_is_no_text_is_printed_and_attached(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode("组织部.json".encode("gbk"))
    file.write_bytes(support.SAMPLE.read_bytes())
    pdf, _ = build(read(file), tmp_path, "甲")
    names = [attachment.alternative_name for attachment in PdfReader(pdf).attachment_list]
    assert names[0] is not None
    assert names[0].endswith(".json")
    assert "\ufffd" in names[0]
