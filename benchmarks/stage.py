"""The folder everything is measured in: the same forms as workbook, Word file, HTML and data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RIVALS = ROOT / "benchmarks" / "rivals"
FONTS = ROOT / "fonts"

SYSTEM_FONT = "Noto Serif CJK SC"
"""The face a Linux system has for Chinese, a collection of CFF fonts."""

KINDS = {
    "xlsx": ".xlsx",
    "docx": ".docx",
    "html": ".html",
    "web": ".html",
    "grid": ".json",
    "values": ".json",
}
"""Folder and suffix of each notation of the form: workbook, Word file, HTML in the system's font and in
the form's own, data for Typst, data for docxtpl."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the forms lie; ``benchmarks.make_stage`` puts them there.

    Attributes:
        folder: the folder.
        forms: how many departments there are, and how many forms the ways with many of them make.
    """

    folder: Path
    forms: int

    def file(self, kind: str, number: int) -> Path:
        """The form of a department in one of ``KINDS``; numbers start again after the last."""
        return self.folder / kind / f"{number % self.forms:03}{KINDS[kind]}"

    def files(self, kind: str) -> tuple[Path, ...]:
        """The forms of all departments."""
        return tuple(self.file(kind, number) for number in range(self.forms))

    @property
    def template(self) -> Path:
        """The finished Word file with every entered paragraph replaced by a jinja tag."""
        return self.folder / "template.docx"

    @property
    def font_config(self) -> Path:
        """The system's fontconfig file and the form's own font, as if a user had installed it."""
        return self.folder / "fonts.conf"

    @property
    def office_profile(self) -> Path:
        """Profile of LibreOffice, used once before anything is timed."""
        return self.folder / "office"

    @property
    def browser_profile(self) -> Path:
        """Profile of Chromium, used once before anything is timed."""
        return self.folder / "browser"

    def out(self, name: str) -> Path:
        """Where a way puts its files."""
        return self.folder / "out" / name
