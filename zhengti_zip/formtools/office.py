"""LibreOffice, run headless to work out the formulas of a workbook."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from zhengti_zip.base.errors import EnvironmentProblem

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT_SECONDS = 300


def find_office() -> str | None:
    """The program that recalculates; None when this machine has none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def recalculated(source: Path, folder: Path, office: str) -> Path:
    """A copy of a workbook with the results of its formulas.

    Args:
        source: the workbook.
        folder: where the copy and the profile of the run go; nothing else may use it.
        office: the program, see :func:`find_office`.

    Raises:
        EnvironmentProblem: it does not do its work.
    """
    target = folder / "out"
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(target),
        str(source),
    ]
    remedy = "在命令行运行 soffice --version，确认 LibreOffice Calc 能够启动；或卸下后重新安装"
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise EnvironmentProblem(f"LibreOffice 在 {TIMEOUT_SECONDS} 秒内没有算完公式", remedy) from error
    except OSError as error:
        raise EnvironmentProblem(f"LibreOffice 不能启动：{error.strerror or error}", remedy) from error
    result = target / source.name
    if done.returncode or not result.is_file():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        detail = f"：{said[-1]}" if said else ""
        raise EnvironmentProblem(f"LibreOffice 没有算出公式（返回 {done.returncode}）{detail}", remedy)
    return result
