"""Files made from an examined input by the library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests import support
from zhengti_zip import build, read
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.build import printed
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.submission.problems import InputRefused


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    examined = examine(read(support.SAMPLE))
    first, second = (build(examined, tmp_path / folder, "甲") for folder in "12")
    assert [file.name for file in first] == [file.name for file in second] == ["甲.pdf", "甲.docx"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_an_input_with_errors_is_refused(tmp_path: Path) -> None:
    examined = examine(support.source({"fields.department": support.GONE}))
    with pytest.raises(InputRefused) as refused:
        build(examined, tmp_path / "out", "甲")
    assert refused.value.problems == examined.problems
    assert not (tmp_path / "out").exists()


def test_the_files_asked_for_are_made() -> None:
    source = read(support.SAMPLE)
    assert list(printed(examine(source))) == [".pdf", ".docx"]
    assert list(printed(examine(source), PrintOptions(docx=False))) == [".pdf"]
    assert not printed(examine(source), PrintOptions(pdf=False, docx=False))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_file_with_a_lone_surrogate_in_its_name_is_printed_and_attached(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode("组织部.json".encode("gbk"))
    file.write_bytes(support.SAMPLE.read_bytes())
    pdf, _ = build(examine(read(file)), tmp_path, "甲")
    names = [attachment.alternative_name for attachment in PdfReader(pdf).attachment_list]
    assert names[0] is not None
    assert names[0].endswith(".json")
    assert "\ufffd" in names[0]
