"""Reads a font file that a user adds for characters missing in the bundled fonts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.grid.metrics import FaceMetrics

MAX_FONT_BYTES = 100 * 1024 * 1024


def read_face(file: Path) -> tuple[str, FaceMetrics]:
    """The family name and the measurements of a TrueType or OpenType font.

    Raises:
        UsageProblem: the file is missing, too large or no font.
    """
    remedy = "请给出 .ttf 或 .otf 字体文件，例如 --font 宋体扩展.ttf"
    if not file.is_file():
        raise UsageProblem(f"找不到字体文件 {file}", remedy)
    if file.stat().st_size > MAX_FONT_BYTES:
        raise UsageProblem(f"字体文件 {file} 过大", remedy)
    from fontTools.ttLib import TTFont

    try:
        with file.open("rb") as stream, TTFont(stream, fontNumber=0, lazy=True) as font:
            return _family(font), _metrics(font)
    except Exception as error:  # fontTools raises many kinds of errors for a damaged font
        raise UsageProblem(f"{file} 不是可用的字体文件", remedy) from error


def _family(font: Any) -> str:
    return str(font["name"].getBestFamilyName())


def _metrics(font: Any) -> FaceMetrics:
    runs = tuple(_runs(font))
    return FaceMetrics(starts=tuple(first for first, _, _ in runs), runs=runs)


def _runs(font: Any) -> Iterator[tuple[int, int, int]]:
    """Runs of code points with the same advance in 1/1000 em; it is rounded up, so that no line overflows."""
    widths, scale = font["hmtx"], font["head"].unitsPerEm
    start = last = advance = -1
    for code, glyph in sorted(font.getBestCmap().items()):
        width = -(-widths[glyph][0] * 1000 // scale)
        if code != last + 1 or width != advance:
            if start >= 0:
                yield start, last, advance
            start, advance = code, width
        last = code
    if start >= 0:
        yield start, last, advance
