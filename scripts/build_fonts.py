"""Build what ``fonts/`` holds beside Noto Serif SC: the symbol font, its licence, the metrics.

    python scripts/build_fonts.py /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
    python scripts/build_fonts.py            # only metrics.json, from the fonts as they are

The result depends on the inputs and on the version of fontTools alone (no time stamps are
written), so a rebuild that changes nothing leaves every file byte for byte as it was. The sha256
sums printed at the end belong into ``fonts/README.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FONTS_DIR = Path(__file__).resolve().parent.parent / "fonts"

SYMBOLS_FACE = "ZhengtiSymbols-Regular"
FACES = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", SYMBOLS_FACE)
LICENCE_FILE = "LICENSE-DejaVu.txt"
METRICS_FILE = "metrics.json"

SYMBOLS = (
    "☑☐☒✓✔✕✖✗✘"  # the boxes and marks of a form
    "▪▫▬▭▮▯▰▴▵▸▹►▻▾▿◂◃◄◅◈◦◻◼"  # bullets and shapes
    "☚☛☞✁✂✆☎✉✎✏✐☺☹☼⚠✦✧✪✱✲✳❍❏❑"
    "⇐⇑⇒⇓⇔⇕↔↕↩↪↵↺↻➔➘➙➚➜➝➞➡➤⟵⟶⟷"  # arrows
    "⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"  # indices, as in CO₂ and m³
    "⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘⅙⅚"  # fractions
    "⌀⌈⌉⌊⌋∅∗∙∼≃≅≒≡≪≫⊂⊃⋅⋯⟨⟩‱‣⁃"  # mathematics and technical drawing
)
"""Characters to take from DejaVu Sans. Those that Noto Serif SC has too do no harm: it comes first.

Not here: characters that Unicode calls emoji by default (⚪, ✍ and the like). Pango would look for
those in an emoji font of the machine first.
"""

SPACES = (0x20, 0xA0)
"""Pango sets a space between two symbols in the symbol font, so that needs one: Noto Serif SC's."""

INVISIBLE = [
    *range(0x2000, 0x200B),  # spaces of fixed width
    *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
    *range(0x202A, 0x2030),  # direction embeddings (Windows' file properties add them), narrow space
    *(0x205F, 0x2060),  # mathematical space, word joiner
    *(0xFE0E, 0xFE0F),  # text or emoji presentation of the character before, as in "☑️"
    0xFEFF,  # byte order mark in the middle of pasted text
]
"""Characters that text pasted into a cell brings along; without a glyph they would print as a box."""

DROPPED_TABLES = ["FFTM", "GDEF", "GPOS", "GSUB", "MATH", "kern", "gasp"]

CHINESE = ("hani", "ZHS ")
"""OpenType script and language that HarfBuzz uses for Chinese text under ``lang="zh-CN"``."""

LATIN = ("latn", "")
"""Script and language of Latin letters in Chinese text: Pango finds no Latin in Chinese and sets no language."""

WINDOWS_ENGLISH = (3, 1, 0x409)
"""Platform, encoding and language of the only name records that are written."""


def build_symbols(dejavu: Path, folder: Path) -> str:
    """Write the symbol font into the folder and return the licence text that its source carries.

    Raises:
        SystemExit: the source font lacks one of the characters.
    """
    font = TTFont(dejavu, recalcTimestamp=False)
    wanted = {ord(char) for char in SYMBOLS} | set(INVISIBLE) | set(SPACES)
    lacking = sorted(wanted - font.getBestCmap().keys())
    if lacking:
        raise SystemExit(f"{dejavu} lacks " + " ".join(f"U+{code:04X}" for code in lacking))
    options = Options(
        hinting=False,
        glyph_names=False,
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += DROPPED_TABLES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    # The em of Noto Serif SC, so that advances in 1/1000 em are whole numbers for every face.
    scale_upem(font, 1000)
    with TTFont(folder / f"{FACES[0]}.ttf", lazy=True) as main_font:
        for space in SPACES:
            width, _ = main_font["hmtx"][main_font.getBestCmap()[space]]
            font["hmtx"][font.getBestCmap()[space]] = (width, 0)
        # A line that holds a symbol must be as high as one that does not: row heights are computed.
        for field in ("ascent", "descent", "lineGap"):
            setattr(font["hhea"], field, getattr(main_font["hhea"], field))
        for field in ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"):
            setattr(font["OS/2"], field, getattr(main_font["OS/2"], field))
    licence = rename(font)
    font.save(folder / f"{SYMBOLS_FACE}.ttf", reorderTables=True)
    return licence


def rename(font: Any) -> str:
    """Give the font its own family name, which the licence demands of a modified font.

    The copyright notice and the licence stay in it. Returns both as one text.
    """
    names = font["name"]
    copyright_notice, licence, version = (str(names.getDebugName(number)) for number in (0, 13, 5))
    names.names = []
    records = {
        0: copyright_notice,
        1: "Zhengti Symbols",
        2: "Regular",
        3: f"Zhengti Symbols; subset of DejaVu Sans; {version}",
        4: "Zhengti Symbols",
        5: version,
        6: SYMBOLS_FACE,
        13: licence,
    }
    for number, text in records.items():
        names.setName(text, number, *WINDOWS_ENGLISH)
    text = f"{copyright_notice.strip()}\n\n{licence.strip()}\n"
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def localised_glyphs(font: Any, script: str, language: str) -> dict[str, str]:
    """What the ``locl`` feature puts for a glyph in text of a script and language ("" for the default).

    It matters for widths: the dash of "——" is 890 units wide in untagged text and 1000 in Chinese, and
    the digit 1 is 471 wide among Chinese characters and 550 behind a Latin letter.
    """
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    systems = [
        system
        for record in table.ScriptList.ScriptRecord
        if record.ScriptTag == script
        for system in _language_systems(record.Script, language)
    ]
    replaced: dict[str, str] = {}
    for index in (index for system in systems for index in system.FeatureIndex):
        feature = table.FeatureList.FeatureRecord[index]
        if feature.FeatureTag == "locl":
            for lookup in feature.Feature.LookupListIndex:
                for subtable in table.LookupList.Lookup[lookup].SubTable:
                    replaced |= getattr(subtable, "ExtSubTable", subtable).mapping
    return replaced


def _language_systems(script: Any, language: str) -> list[Any]:
    if not language:
        return [script.DefaultLangSys] if script.DefaultLangSys else []
    return [record.LangSys for record in script.LangSysRecord if record.LangSysTag == language]


def latin_advances(font: Any) -> Iterator[tuple[int, int]]:
    """Code points that are wider behind a Latin letter than in Chinese text, with that advance."""
    widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
    chinese, latin = localised_glyphs(font, *CHINESE), localised_glyphs(font, *LATIN)
    for code_point, glyph in sorted(font.getBestCmap().items()):
        here, there = (widths[forms.get(glyph, glyph)][0] for forms in (chinese, latin))
        if there > here:
            yield code_point, round(there * 1000 / units)


def advance_runs(font: Any) -> Iterator[tuple[int, int, int]]:
    """Runs ``(first, last, advance)`` of consecutive code points with one advance, in 1/1000 em."""
    widths = font["hmtx"].metrics
    localised = localised_glyphs(font, *CHINESE)
    units = font["head"].unitsPerEm
    run: tuple[int, int, int] | None = None
    for code_point, glyph in sorted(font.getBestCmap().items()):
        advance = round(widths[localised.get(glyph, glyph)][0] * 1000 / units)
        if run is not None and run[1] == code_point - 1 and run[2] == advance:
            run = (run[0], code_point, advance)
            continue
        if run is not None:
            yield run
        run = (code_point, code_point, advance)
    if run is not None:
        yield run


def write_metrics(fonts_dir: Path) -> None:
    """Write ``metrics.json`` for the faces in the folder."""
    faces: dict[str, dict[str, Any]] = {}
    for name in FACES:
        with TTFont(fonts_dir / f"{name}.ttf", lazy=True) as font:
            faces[name] = {"runs": list(advance_runs(font)), "latin": list(latin_advances(font))}
    with (fonts_dir / METRICS_FILE).open("w", encoding="utf-8", newline="\n") as file:
        json.dump({"advance_unit": "1/1000 em", "faces": faces}, file, separators=(",", ":"))
        file.write("\n")


def main() -> None:
    """Command line: see the module's docstring."""
    parser = argparse.ArgumentParser(description="Build the symbol font and the font metrics.")
    parser.add_argument("dejavu", type=Path, nargs="?", help="path of DejaVuSans.ttf")
    parser.add_argument("--fonts-dir", type=Path, default=FONTS_DIR, help="folder to build in")
    arguments = parser.parse_args()
    folder: Path = arguments.fonts_dir
    if arguments.dejavu is not None:
        licence = build_symbols(arguments.dejavu, folder)
        with (folder / LICENCE_FILE).open("w", encoding="utf-8", newline="\n") as file:
            file.write(licence)
    write_metrics(folder)
    for path in sorted(folder.iterdir()):
        if path.name != "README.md":
            print(hashlib.sha256(path.read_bytes()).hexdigest(), path.name)


if __name__ == "__main__":
    main()
