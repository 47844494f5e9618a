"""The lines of a printed table, measured on pictures of its pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

DPI = 150
MM_PER_PIXEL = 25.4 / DPI
ACROSS_MM, DOWN_MM = 5.5, 4.0
"""Least length of a line: longer than strokes of letters, shorter than the sides of the smallest cell."""

SAME_MM = 0.6
"""Lines so close to each other are the edges of the same row or column."""

TABLE_MM = 100
"""The table starts at the first line of this length; above it is the title."""


@dataclass(frozen=True)
class RuledLine:
    """A line of a table, in mm from the left or top edge of the paper: at ``place``, from start to end."""

    place: float
    start: float
    end: float


@dataclass(frozen=True)
class Ruling:
    """The lines of the table on one page: those that go across and those that go down."""

    across: list[RuledLine]
    down: list[RuledLine]

    @property
    def rows(self) -> list[float]:
        """Where rows begin and end, in mm from the top."""
        return _places(self.across)

    @property
    def columns(self) -> list[float]:
        """Where columns begin and end, in mm from the left."""
        return _places(self.down)


def rulings(pdf: Path, first: int = 1) -> list[Ruling]:
    """The table of every page of a PDF from the page ``first`` on, measured on its picture."""
    command = [
        "pdftoppm",
        "-f",
        str(first),
        "-r",
        str(DPI),
        "-gray",
        "-aaVector",
        "no",
        "-aa",
        "no",
        str(pdf),
    ]
    pages = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    return [_ruling(picture) for picture in _pictures(pages)]


def _pictures(content: bytes) -> Iterator[Image.Image]:
    """The pictures of a run of PGM files."""
    place = 0
    while match := re.compile(rb"P5\n(\d+) (\d+)\n255\n").match(content, place):
        end = match.end() + int(match[1]) * int(match[2])
        yield Image.open(BytesIO(content[place:end]))
        place = end


def _ruling(picture: Image.Image) -> Ruling:
    across = _runs(picture, ACROSS_MM)
    top = min(line.place for line in across if line.end - line.start >= TABLE_MM)
    down = _runs(picture.transpose(Image.Transpose.TRANSPOSE), DOWN_MM)
    return Ruling(
        [line for line in across if line.place >= top], [line for line in down if line.start >= top - 1]
    )


def _runs(picture: Image.Image, least_mm: float) -> list[RuledLine]:
    """Dark runs of pixels in the rows of a picture."""
    width, height = picture.size
    pixels = picture.tobytes()
    long = re.compile(b"[\x00-\x7f]{%d,}" % round(least_mm / MM_PER_PIXEL))
    return [
        RuledLine(*(value * MM_PER_PIXEL for value in (y, match.start(), match.end())))
        for y in range(height)
        for match in long.finditer(pixels[y * width : (y + 1) * width])
    ]


def _places(lines: Sequence[RuledLine]) -> list[float]:
    """The places of lines; lines close to each other count as one."""
    groups: list[list[float]] = []
    for place in sorted({line.place for line in lines}):
        if groups and place - groups[-1][-1] <= SAME_MM:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def uncovered(
    lines: Sequence[RuledLine], others: Sequence[RuledLine], tolerance_mm: float
) -> list[tuple[float, float]]:
    """Points on lines, as (place, distance along the line), with none of the others near."""
    points = [
        (line.place, line.start + (line.end - line.start) * part / 20) for line in lines for part in range(21)
    ]
    return [
        (place, along)
        for place, along in points
        if not any(
            abs(other.place - place) <= tolerance_mm
            and other.start - tolerance_mm <= along <= other.end + tolerance_mm
            for other in others
        )
    ]
