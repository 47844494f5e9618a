"""Which fonts are used: ours, whatever the machine has, and those a user names."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.calling import call
from zhengti_zip import build, read
from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.metrics import metrics_for
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.submission.jsonform import from_data

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "haizhu-2022.json"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")

needs_dejavu = pytest.mark.skipif(
    not DEJAVU.is_file() and os.environ.get("CI") != "true", reason="fonts-dejavu-core is not installed"
)
DEPARTMENT = "Dvořák纪念馆"


def with_department(tmp_path: Path, name: str) -> Path:
    file = tmp_path / "部门.json"
    text = SAMPLE.read_text(encoding="utf-8").replace("中国共产党广州市海珠区委员会组织部", name)
    file.write_text(text, encoding="utf-8")
    return file


def embedded(pdf: bytes) -> set[str]:
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        found |= {
            str(font.get_object()["/BaseFont"]).partition("+")[2] for font in resources["/Font"].values()
        }
    return found


@needs_dejavu
def test_a_character_of_no_bundled_font_is_named_with_its_cell_and_the_way_out(tmp_path: Path) -> None:
    file = with_department(tmp_path, DEPARTMENT)
    [problem] = examine(read(file)).problems
    assert (problem.code, problem.field, str(problem.place)) == (
        "unprintable_character",
        "部门名称",
        "fields.department",
    )
    assert "“ř”（U+0159）" in problem.message
    assert "--font" in problem.remedy
    assert call("build", file, "--pdf").code == 1


@needs_dejavu
def test_a_font_the_user_names_is_used_and_embedded(tmp_path: Path) -> None:
    file = with_department(tmp_path, DEPARTMENT)
    source = read(file, fonts=[DEJAVU])
    assert examine(source).problems == []
    [pdf] = build(examine(source), tmp_path, "部门", PrintOptions(docx=False))
    assert embedded(pdf.read_bytes()) == {
        "Noto-Serif-SC",
        "Noto-Serif-SC-Bold",
        "Zhengti-Symbols",
        "DejaVu-Sans",
    }
    assert DEPARTMENT in PdfReader(pdf).pages[0].extract_text()
    assert call("build", file, "--pdf", "--font", DEJAVU).code == 0
    assert call("check", file, "--font", DEJAVU).code == 0


@needs_dejavu
def test_the_bundled_fonts_come_first() -> None:
    bundled, longer = metrics_for(()), metrics_for((DEJAVU,))
    for char in "汉A1☑，":
        assert longer.advances(char) == bundled.advances(char)
    assert (bundled.covers("ř"), longer.covers("ř")) == (False, True)


def test_what_is_no_font_is_told(tmp_path: Path) -> None:
    text = tmp_path / "a.ttf"
    text.write_text("不是字体", encoding="utf-8")
    for file in (text, tmp_path / "没有.ttf"):
        with pytest.raises(UsageProblem):
            metrics_for((file,))
    assert call("build", SAMPLE, "-o", tmp_path, "--font", text).code == 2


BUILD = """
import sys
from zhengti_zip import examine, read, render_pdf
source = read(sys.argv[1])
sys.stdout.buffer.write(render_pdf(examine(source).table))
"""


@pytest.mark.slow
@needs_dejavu
def test_the_fonts_of_the_machine_make_no_difference(tmp_path: Path) -> None:
    """With no fonts at all, with others, and with another Noto Serif SC: always the same file."""
    impostor = tmp_path / "with"
    impostor.mkdir()
    (impostor / "NotoSerifSC-Regular.ttf").write_bytes(DEJAVU.read_bytes())
    results = []
    for folder in (tmp_path / "none", impostor, DEJAVU.parent):
        folder.mkdir(exist_ok=True)
        config = tmp_path / f"{folder.name}.conf"
        config.write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>", encoding="utf-8")
        environment = {
            **os.environ,
            "FONTCONFIG_FILE": str(config),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        command = [sys.executable, "-c", BUILD, str(SAMPLE)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=True
        )
        results.append(done.stdout)
    assert results[0].startswith(b"%PDF")
    assert results[0] == results[1] == results[2]


def test_form_without_text_of_its_own_still_has_its_fonts() -> None:
    from zhengti_zip import load_form, render_pdf

    source = from_data({"form": "haizhu-2022"}, load_form())
    table = examine(source).table
    assert "Noto-Serif-SC" in embedded(render_pdf(table, draft=True))
