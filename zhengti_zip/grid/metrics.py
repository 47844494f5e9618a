"""Widths of text in the bundled fonts, from a table instead of the font files.

``fonts/metrics.json`` (written by ``scripts/build_fonts.py``) has the advance width of every character
of every face. A character is looked up in Noto Serif SC of the requested weight, then in Zhengti
Symbols: the order of the families in the style sheets.

Widths hold for ``lang="zh-CN"``: for other languages the fonts have other forms of "—" and a few more
characters. They are sums of advances without kerning and ligatures, which only Latin text has. Latin
text is printed up to 7 % narrower than computed here.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from zhengti_zip.base.errors import EnvironmentProblem
from zhengti_zip.base.resources import fonts_dir
from zhengti_zip.base.xmltext import GETA

METRICS_FILE = "metrics.json"

REGULAR_CHAIN = ("NotoSerifSC-Regular", "ZhengtiSymbols-Regular")
BOLD_CHAIN = ("NotoSerifSC-Bold", "ZhengtiSymbols-Regular")

SYMBOL_FAMILY = "Zhengti Symbols"

UNKNOWN_ADVANCE = 1000
"""Advance in 1/1000 em of a character that no face has: a full width, so that the result is not too small."""


@dataclass(frozen=True)
class FaceMetrics:
    """Measurements of one font file.

    Attributes:
        starts: first code point of each run, ascending.
        runs: ``(first, last, advance)``: the code points first..last are all mapped and all have
            this advance, in 1/1000 em.
        latin: advances of the wider forms that some code points have behind Latin letters.
    """

    starts: tuple[int, ...]
    runs: tuple[tuple[int, int, int], ...]
    latin: Mapping[int, int] = field(default_factory=dict)

    def advance(self, code_point: int) -> int | None:
        """Advance in 1/1000 em, or None if the face has no glyph for the code point."""
        index = bisect_right(self.starts, code_point) - 1
        if index < 0:
            return None
        _, last, advance = self.runs[index]
        return advance if code_point <= last else None


class FontMetrics:
    """Advance widths of characters in the bundled faces.

    Args:
        faces: metrics by name of face; must contain all names of the two chains.
        extra: families of further faces, used after the bundled ones.
    """

    def __init__(self, faces: dict[str, FaceMetrics], extra: tuple[str, ...] = ()) -> None:
        self.faces, self.extra = faces, extra
        self._regular = _Chain(faces[name] for name in (*REGULAR_CHAIN, *extra))
        self._bold = _Chain(faces[name] for name in (*BOLD_CHAIN, *extra))
        self._wider, self._wider_bold = (
            {chr(code): advance - chain[chr(code)] for code, advance in faces[names[0]].latin.items()}
            for chain, names in ((self._regular, REGULAR_CHAIN), (self._bold, BOLD_CHAIN))
        )

    @classmethod
    def load(cls, path: Path) -> FontMetrics:
        """Read a metrics file.

        Raises:
            EnvironmentProblem: the file is missing or is not a metrics file.
        """
        try:
            with path.open(encoding="utf-8") as file:
                data = json.load(file)
            return cls({name: _face(entry) for name, entry in data["faces"].items()})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EnvironmentProblem(
                f"字体度量文件“{path.name}”缺失或已损坏。",
                "请重新安装 zhengti-zip，或用 scripts/build_fonts.py 重新生成该文件。",
            ) from error

    @staticmethod
    @cache
    def bundled() -> FontMetrics:
        """The metrics of the bundled fonts; the file is read once per process.

        Raises:
            EnvironmentProblem: see :meth:`load` and :func:`zhengti_zip.base.resources.fonts_dir`.
        """
        return FontMetrics.load(fonts_dir() / METRICS_FILE)

    def advances(self, text: str, bold: bool = False, latin: bool = False) -> int:
        """Sum of the advances of a text in 1/1000 em; ``UNKNOWN_ADVANCE`` for a character no face has.

        Args:
            latin: count digits with the wider forms they have behind Latin letters. Which form is
                drawn depends on the letters before it; the wider one never makes a line too long.
        """
        chain = self._bold if bold else self._regular
        total = sum(chain[char] for char in text)
        if latin:
            wider = self._wider_bold if bold else self._wider
            total += sum(wider.get(char, 0) for char in text)
        return total

    def covers(self, char: str) -> bool:
        """Whether some face has a glyph for the character, in both weights."""
        code_point = ord(char)
        return self._regular.find(code_point) is not None and self._bold.find(code_point) is not None

    def missing(self, text: str) -> tuple[str, ...]:
        """The distinct characters that no face has, in order of first appearance; line breaks are not counted."""
        return tuple(char for char in dict.fromkeys(text) if not self._drawable[char])

    def printable(self, text: str) -> str:
        """The text with 〓 in place of every character that no face has."""
        missing = self.missing(text)
        return text.translate({ord(char): GETA for char in missing}) if missing else text

    @cached_property
    def _drawable(self) -> _Drawable:
        return _Drawable(self)

    @cached_property
    def other_faces(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Families besides the main one, each with the characters that are printed in it."""
        taken = [self.faces[REGULAR_CHAIN[0]]]
        found = []
        for family, name in ((SYMBOL_FAMILY, REGULAR_CHAIN[1]), *((extra, extra) for extra in self.extra)):
            face = self.faces[name]
            chars = (code for first, last, _ in face.runs for code in range(first, last + 1))
            only = frozenset(
                chr(code) for code in chars if all(other.advance(code) is None for other in taken)
            )
            taken.append(face)
            found.append((family, only))
        return tuple(found)

    def width(self, text: str, size_pt: float, bold: bool = False) -> float:
        """Width in pt of one line of text set at ``size_pt``."""
        return self.advances(text, bold) * size_pt / 1000


@cache
def metrics_for(fonts: tuple[Path, ...]) -> FontMetrics:
    """The bundled metrics and, after them, those of further font files.

    Raises:
        UsageProblem: one of the files is no font.
    """
    bundled = FontMetrics.bundled()
    if not fonts:
        return bundled
    from zhengti_zip.grid.fontfile import read_face

    added = dict(read_face(font) for font in fonts)
    return FontMetrics({**bundled.faces, **added}, tuple(added))


class _Chain(dict[str, int]):
    """Advances by character; each is looked up once."""

    def __init__(self, faces: Iterable[FaceMetrics]) -> None:
        super().__init__()
        self._faces = tuple(faces)

    def __missing__(self, char: str) -> int:
        found = self.find(ord(char))
        self[char] = advance = UNKNOWN_ADVANCE if found is None else found
        return advance

    def find(self, code_point: int) -> int | None:
        for face in self._faces:
            advance = face.advance(code_point)
            if advance is not None:
                return advance
        return None


class _Drawable(dict[str, bool]):
    """Whether a character can be printed; each is looked up once."""

    def __init__(self, metrics: FontMetrics) -> None:
        super().__init__({"\n": True})
        self._metrics = metrics

    def __missing__(self, char: str) -> bool:
        self[char] = found = self._metrics.covers(char)
        return found


def _face(entry: dict[str, Any]) -> FaceMetrics:
    runs = tuple(_run(run) for run in entry["runs"])
    return FaceMetrics(
        starts=tuple(first for first, _, _ in runs),
        runs=runs,
        latin={int(code): int(advance) for code, advance in entry["latin"]},
    )


def _run(run: Sequence[int]) -> tuple[int, int, int]:
    first, last, advance = run
    return int(first), int(last), int(advance)
