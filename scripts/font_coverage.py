"""Measure which characters the bundled fonts have, per Unicode block, and write it into docs/fonts.md.

Needs the Debian package unicode-data (the Unicode Character Database with Unihan). It also writes
``tests/data/tghz-8105.txt``, the characters of the 通用规范汉字表 (Unihan's kTGH field), which a test
holds against the fonts without that package:

    python scripts/font_coverage.py [--unicode /usr/share/unicode]
"""

from __future__ import annotations

import argparse
import bz2
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.base.files import write_atomically
from zhengti_zip.grid.metrics import FontMetrics

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "fonts.md"
CHARACTERS = ROOT / "tests" / "data" / "tghz-8105.txt"
BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"
PER_LINE = 50

CHOSEN = (
    "Basic Latin",
    "Latin-1 Supplement",
    "Latin Extended-A",
    "Greek and Coptic",
    "Cyrillic",
    "General Punctuation",
    "Superscripts and Subscripts",
    "Number Forms",
    "Letterlike Symbols",
    "Arrows",
    "Mathematical Operators",
    "Enclosed Alphanumerics",
    "Box Drawing",
    "Geometric Shapes",
    "Miscellaneous Symbols",
    "Dingbats",
    "CJK Symbols and Punctuation",
    "Enclosed CJK Letters and Months",
    "CJK Compatibility",
    "CJK Unified Ideographs",
    "CJK Unified Ideographs Extension A",
    "CJK Unified Ideographs Extension B",
    "CJK Unified Ideographs Extension C",
    "CJK Unified Ideographs Extension D",
    "CJK Unified Ideographs Extension E",
    "CJK Unified Ideographs Extension F",
    "CJK Unified Ideographs Extension G",
    "CJK Compatibility Ideographs",
    "CJK Compatibility Forms",
    "Halfwidth and Fullwidth Forms",
)


@dataclass(frozen=True)
class Coverage:
    """How many assigned characters of a set the fonts have."""

    name: str
    span: str
    covered: int
    assigned: int

    def line(self) -> str:
        """The row of the table."""
        share = f"{self.covered * 100 / self.assigned:.1f} %" if self.assigned else "–"
        return f"| {self.name} | {self.span} | {self.covered:,} | {self.assigned:,} | {share} |"


def blocks(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name, first and last code point of every Unicode block."""
    for line in (folder / "Blocks.txt").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([0-9A-F]+)\.\.([0-9A-F]+); (.+)", line):
            yield match.group(3), int(match.group(1), 16), int(match.group(2), 16)


def standard_characters(folder: Path) -> list[str]:
    """The characters of the 通用规范汉字表 in code point order."""
    text = bz2.decompress((folder / "Unihan_OtherMappings.txt.bz2").read_bytes()).decode("utf-8")
    return sorted(chr(int(code, 16)) for code in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", text, re.MULTILINE))


def is_drawn(char: str) -> bool:
    """Whether a character is assigned and leaves a mark of its own."""
    return unicodedata.category(char)[0] not in "CZ"


def measure(folder: Path) -> Iterator[Coverage]:
    """Coverage of the 通用规范汉字表 and of the chosen blocks."""
    metrics = FontMetrics.bundled()
    wanted = standard_characters(folder)
    yield Coverage("通用规范汉字表", "Unihan kTGH", sum(map(metrics.covers, wanted)), len(wanted))
    for name, first, last in blocks(folder):
        if name in CHOSEN:
            chars = [chr(code) for code in range(first, last + 1) if is_drawn(chr(code))]
            yield Coverage(name, f"U+{first:04X}–{last:04X}", sum(map(metrics.covers, chars)), len(chars))


def main() -> None:
    """Write the table and the list of characters."""
    parser = argparse.ArgumentParser(description="Measure the coverage of the bundled fonts.")
    parser.add_argument("--unicode", type=Path, default=Path("/usr/share/unicode"), help="folder of the UCD")
    folder = parser.parse_args().unicode
    rows = [coverage.line() for coverage in measure(folder)]
    table = "\n".join(
        ["| block | code points | covered | assigned | share |", "| --- | --- | ---: | ---: | ---: |", *rows]
    )
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    write_atomically(PAGE, f"{before}{BEGIN}\n{table}\n{END}{after}".encode())
    wanted = "".join(standard_characters(folder))
    lines = [wanted[start : start + PER_LINE] for start in range(0, len(wanted), PER_LINE)]
    write_atomically(CHARACTERS, ("\n".join(lines) + "\n").encode())
    print(f"{len(rows)} rows, {len(wanted)} characters of the 通用规范汉字表")


if __name__ == "__main__":
    main()
