"""The widths in metrics.json are those of the font files."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.base.resources import fonts_dir
from zhengti_zip.grid.metrics import BOLD_CHAIN, REGULAR_CHAIN, UNKNOWN_ADVANCE, FontMetrics

FACES = sorted({*REGULAR_CHAIN, *BOLD_CHAIN})
BUILD_SCRIPT = Path(__file__).parents[2] / "scripts" / "build_fonts.py"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LAST_CODE_POINT = 0x10FFFF


def readme() -> str:
    return (fonts_dir() / "README.md").read_text(encoding="utf-8")


def chinese_forms(font: Any) -> dict[str, str]:
    """Glyph replacements of the ``locl`` feature for ideographs in Simplified Chinese."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    languages = {record.LangSysTag: record.LangSys for record in scripts["hani"].LangSysRecord}
    forms: dict[str, str] = {}
    for index in languages["ZHS "].FeatureIndex:
        record = table.FeatureList.FeatureRecord[index]
        if record.FeatureTag == "locl":
            (lookup,) = record.Feature.LookupListIndex
            for subtable in table.LookupList.Lookup[lookup].SubTable:
                forms.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return forms


def real_advances(face: str) -> dict[int, int]:
    """Advance in 1/1000 em of every code point of a font file."""
    with TTFont(fonts_dir() / f"{face}.ttf", lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        forms = chinese_forms(font)
        return {
            code_point: round(font["hmtx"][forms.get(glyph, glyph)][0] * scale)
            for code_point, glyph in font.getBestCmap().items()
        }


@pytest.fixture(scope="module")
def real() -> dict[str, dict[int, int]]:
    return {face: real_advances(face) for face in FACES}


@pytest.mark.parametrize("face", FACES)
def test_the_metrics_have_exactly_the_code_points_of_the_font(
    face: str, real: dict[str, dict[int, int]]
) -> None:
    metrics = FontMetrics.bundled().faces[face]
    listed = {code: run[2] for run in metrics.runs for code in range(run[0], run[1] + 1)}
    assert listed == real[face]
    looked_up = {code: metrics.advance(code) for code in range(LAST_CODE_POINT + 1)}
    assert {code: advance for code, advance in looked_up.items() if advance is not None} == real[face]


@pytest.mark.parametrize(("bold", "chain"), [(False, REGULAR_CHAIN), (True, BOLD_CHAIN)])
def test_the_first_face_of_the_chain_wins(
    bold: bool, chain: tuple[str, ...], real: dict[str, dict[int, int]]
) -> None:
    metrics = FontMetrics.bundled()
    expected = real[chain[1]] | real[chain[0]]
    assert {code: metrics.advances(chr(code), bold=bold) for code in expected} == expected
    assert all(metrics.covers(chr(code)) for code in expected)


def test_both_weights_have_the_same_characters(real: dict[str, dict[int, int]]) -> None:
    assert real["NotoSerifSC-Regular"].keys() == real["NotoSerifSC-Bold"].keys()


def test_a_character_in_no_face_counts_as_full_width() -> None:
    metrics = FontMetrics.bundled()
    for _ in range(2):  # a second look-up comes from the memo
        assert metrics.advances("😀") == UNKNOWN_ADVANCE
        assert metrics.advances("😀", bold=True) == UNKNOWN_ADVANCE
    assert not metrics.covers("😀")


def test_missing_lists_each_character_once_in_order() -> None:
    metrics = FontMetrics.bundled()
    assert metrics.missing("海珠区\n☑☐☒✓✔✗✘①：。") == ()
    assert metrics.missing("𠮷海😀𠮷\n☑\t") == ("𠮷", "😀", "\t")


def test_every_gbk_character_can_be_printed() -> None:
    lows = [low for low in range(0x40, 0xFF) if low != 0x7F]
    pairs = (bytes([high, low]) for high in range(0x81, 0xFF) for low in lows)
    text = "".join(pair.decode("gbk", errors="ignore") for pair in pairs)
    assert len(set(text)) > 20_000
    assert FontMetrics.bundled().missing(text) == ()


def test_width_in_points() -> None:
    metrics = FontMetrics.bundled()
    assert metrics.width("", 12) == 0
    assert metrics.width("学校体育", 10.5) == pytest.approx(42)
    assert metrics.width("——", 10) == pytest.approx(20)
    digits = sum(metrics.advances(char, bold=True) for char in "2022")
    assert metrics.width("2022年", 10, bold=True) == pytest.approx((digits + 1000) / 100)


def test_bundled_is_read_once() -> None:
    assert FontMetrics.bundled() is FontMetrics.bundled()


@pytest.mark.parametrize("content", [None, "", "[]", '{"faces": {}}', '{"faces": {"a": {"runs": [[1]]}}}'])
def test_a_missing_or_damaged_metrics_file_is_an_environment_problem(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "metrics.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"metrics\.json"):
        FontMetrics.load(path)


def test_the_metrics_stay_small() -> None:
    assert (fonts_dir() / "metrics.json").stat().st_size < 60_000


def test_checksums_in_the_readme() -> None:
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", readme(), re.MULTILINE))
    actual = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in fonts_dir().iterdir()
        if path.name != "README.md"
    }
    assert listed == actual


def test_the_symbol_font_has_no_reserved_font_name() -> None:
    with TTFont(fonts_dir() / "ZhengtiSymbols-Regular.ttf", lazy=True) as font:
        names = {record.nameID: str(record) for record in font["name"].names}
    titles = " ".join(text for number, text in names.items() if number not in {0, 13})
    assert names[1] == "Zhengti Symbols"
    assert not re.search(r"bitstream|vera|arev|tavmjong", titles, re.IGNORECASE)
    assert "Bitstream" in names[0]
    assert "Permission is hereby granted" in names[13]


def build_fonts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_fonts", BUILD_SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_rebuild_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not DEJAVU.is_file() or hashlib.sha256(DEJAVU.read_bytes()).hexdigest() not in readme():
        pytest.skip("the DejaVu Sans that the symbol font was made from is not installed")
    for face in ("NotoSerifSC-Regular", "NotoSerifSC-Bold"):
        shutil.copy(fonts_dir() / f"{face}.ttf", tmp_path)
    monkeypatch.setattr(sys, "argv", ["build_fonts.py", str(DEJAVU), "--fonts-dir", str(tmp_path)])
    build_fonts().main()
    built = sorted(path.name for path in tmp_path.iterdir())
    assert {*built} >= {"ZhengtiSymbols-Regular.ttf", "LICENSE-DejaVu.txt", "metrics.json"}
    for name in built:
        assert (tmp_path / name).read_bytes() == (fonts_dir() / name).read_bytes(), name
    assert json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))["faces"].keys() == {*FACES}


def test_the_whole_standard_table_of_characters_can_be_printed() -> None:
    listed = Path(__file__).resolve().parents[1] / "data" / "tghz-8105.txt"
    characters = listed.read_text(encoding="utf-8").replace("\n", "")
    assert len(set(characters)) == len(characters) == 8105
    assert FontMetrics.bundled().missing(characters) == ()


def test_symbols_of_the_form_come_from_the_expected_face() -> None:
    [(family, symbols)] = FontMetrics.bundled().other_faces
    assert family == "Zhengti Symbols"
    assert {"☑", "☐"} <= symbols
    assert not symbols & set("≤＜“”π，。（）0123456789")
