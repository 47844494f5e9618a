"""LibreOffice without a window: what turns an office file into a PDF on a server."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import run
from benchmarks.stage import Stage
from benchmarks.way import ColdWay, Job


def lack_of_office() -> str:
    """Why LibreOffice cannot be measured; "" when it can."""
    return "" if shutil.which("soffice") else "LibreOffice is not installed"


def convert(stage: Stage, files: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """The command that turns files into PDF, all in one call."""
    profile = f"-env:UserInstallation={stage.office_profile.absolute().as_uri()}"
    options = ("--headless", "--convert-to", "pdf", "--outdir", str(folder))
    return ("soffice", profile, *options, *map(str, files))


def fonts(stage: Stage) -> dict[str, str]:
    """The environment in which LibreOffice finds the font of the form, also under the name 宋体."""
    return {"FONTCONFIG_FILE": str(stage.font_config)}


def used_once(stage: Stage) -> None:
    """Let LibreOffice make its profile: its first start takes several times as long."""
    if not stage.office_profile.exists():
        run(convert(stage, [stage.file("docx", 0)], stage.out("first-start")), fonts(stage))


class Convert(ColdWay):
    """One file or all of them.

    Args:
        kind: suffix of the files.
        many: all of them in one call.
    """

    def __init__(self, kind: str, many: bool) -> None:
        self.name = f"libreoffice-{kind}" + ("-many" if many else "")
        self.title = f"LibreOffice: {kind} → PDF" + (", all in one call" if many else "")
        self._kind, self._many = kind, many

    def lack(self) -> str:
        return lack_of_office()

    def prepare(self, stage: Stage) -> None:
        used_once(stage)

    def job(self, stage: Stage, number: int) -> Job:
        files = stage.files(self._kind) if self._many else (stage.file(self._kind, number),)
        folder = stage.out(self.name)
        command = convert(stage, files, folder)
        return Job((command,), folder, {"*.pdf": len(files)}, len(files), fonts(stage))


LIBREOFFICE_WAYS = tuple(Convert(kind, many) for many in (False, True) for kind in ("docx", "xlsx"))
