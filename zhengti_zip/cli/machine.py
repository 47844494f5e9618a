"""What this machine has of all the program needs, and how to install what is missing.

Each package is imported only when its check runs, and a check may fail in any way: this module must work
where nothing else does.
"""

from __future__ import annotations

import importlib
import io
import platform
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from zhengti_zip.base.errors import ZhengtiError
from zhengti_zip.cli.native_libraries import LIBRARIES, OPTIONAL, add_dll_folders, open_first, remedy_for


class CheckStatus(StrEnum):
    """The outcome of a check; LIMITED: missing, but the program works without it."""

    OK = "ok"
    LIMITED = "limited"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """The word a user reads."""
        return {"ok": "正常", "limited": "注意", "missing": "缺少"}[self.value]


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One thing the program needs, and whether this machine has it.

    Attributes:
        id: stable ASCII name.
        name: what it is, in Chinese.
        status: whether it is there.
        detail: version, place, or what is wrong.
        remedy: the command that installs or repairs it; "" when nothing is missing.
    """

    id: str
    name: str
    status: CheckStatus
    detail: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """The stable shape of ``doctor --json`` (docs/json-output.md)."""
        return asdict(self)


_NAMES = (
    "click cssselect2 jinja2 lxml markupsafe openpyxl pebble pikepdf pydantic pydyf pypdfium2 rich weasyprint"
)
PACKAGES = {
    **{name: name for name in _NAMES.split()},
    "docx": "python-docx",
    "fontTools": "fonttools",
    "yaml": "pyyaml",
}
"""Python packages by the name they are imported by, with the name they are installed by."""

SERVER_PACKAGES = {
    **{name: name for name in ["alembic", "fastapi", "itsdangerous", "sqlalchemy", "uvicorn"]},
    "argon2": "argon2-cffi",
    "psycopg": "psycopg[binary]",
    "python_multipart": "python-multipart",
}
"""The same, for ``zhengti-zip serve`` alone."""

MIN_PYTHON = (3, 11)
REINSTALL = "重新安装本程序；从源代码运行的，请重新获取完整的代码"

_TRIAL = """<!DOCTYPE html><html lang="zh-CN"><title>试排</title>
<style>html { font-family: "Noto Serif SC", "Zhengti Symbols" }</style><p>部门整体支出绩效自评表☑</p></html>"""


def examine_machine() -> list[MachineCheck]:
    """Make every check; one that raises counts as missing, with the exception as its detail."""
    checks: list[MachineCheck] = []
    for name, label, look in _EXAMINATIONS:
        try:
            with warnings.catch_warnings(action="ignore"), redirect_stdout(io.StringIO()):
                checks += look()
        except ZhengtiError as error:
            checks.append(MachineCheck(name, label, CheckStatus.MISSING, error.message, error.remedy))
        except Exception as error:
            detail = f"检查时出错：{type(error).__name__}：{error}"
            checks.append(MachineCheck(name, label, CheckStatus.MISSING, detail, "请把本信息交给维护人员"))
    return checks


def is_fit(checks: list[MachineCheck]) -> bool:
    """Whether nothing that is needed is missing."""
    return all(check.status is not CheckStatus.MISSING for check in checks)


def _python() -> Iterator[MachineCheck]:
    found = f"{platform.python_version()}（{sys.executable}）"
    wanted = ".".join(map(str, MIN_PYTHON))
    if sys.version_info >= MIN_PYTHON:
        yield MachineCheck("python", "Python", CheckStatus.OK, found)
    else:
        yield MachineCheck(
            "python", "Python", CheckStatus.MISSING, found, f"请安装 Python {wanted} 或更高版本"
        )


def _system() -> Iterator[MachineCheck]:
    yield MachineCheck("system", "操作系统", CheckStatus.OK, platform.platform())


def _libraries() -> Iterator[MachineCheck]:
    add_dll_folders()
    for library, names in LIBRARIES.items():
        label = f"系统库 {library.replace('_', '-')}"
        found = open_first(names.split())
        if found:
            yield MachineCheck(library, label, CheckStatus.OK, found)
        elif library in OPTIONAL:
            detail = "找不到；可以没有，但生成的 PDF 可能较大、较慢"
            yield MachineCheck(library, label, CheckStatus.LIMITED, detail, remedy_for(library))
        else:
            yield MachineCheck(library, label, CheckStatus.MISSING, "找不到", remedy_for(library))


def _packages() -> Iterator[MachineCheck]:
    for module, package in {**PACKAGES, **SERVER_PACKAGES}.items():
        name = f"Python 库 {package}"
        try:
            importlib.import_module(module)
            yield MachineCheck(module, name, CheckStatus.OK, metadata.version(package.partition("[")[0]))
        except (ImportError, metadata.PackageNotFoundError) as error:
            remedy = f'"{sys.executable}" -m pip install {package}'
            yield MachineCheck(module, name, CheckStatus.MISSING, str(error), remedy)
        except Exception as error:  # WeasyPrint raises OSError when a native library is missing
            yield MachineCheck(
                module,
                name,
                CheckStatus.MISSING,
                str(error),
                "请先安装缺少的系统库，再运行 zhengti-zip doctor",
            )


def _fonts() -> Iterator[MachineCheck]:
    from zhengti_zip.base.resources import fonts_dir

    folder = fonts_dir()
    table = (folder / "README.md").read_text(encoding="utf-8")
    expected = dict(re.findall(r"^\| `([^`]+\.ttf)` \| `([0-9a-f]{64})` \|$", table, re.MULTILINE))
    wrong = [file for file, checksum in expected.items() if _checksum(folder / file) != checksum]
    if expected and not wrong:
        yield MachineCheck("fonts", "自带字体", CheckStatus.OK, f"{len(expected)} 个，内容完好（{folder}）")
    else:
        detail = f"缺失或已损坏：{'、'.join(wrong) or 'README.md 中没有校验值'}（{folder}）"
        yield MachineCheck("fonts", "自带字体", CheckStatus.MISSING, detail, REINSTALL)


def _checksum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _templates() -> Iterator[MachineCheck]:
    from zhengti_zip.form.loader import form_ids, load_form

    ids = form_ids()
    for form in ids:
        load_form(form)
    status, remedy = (CheckStatus.OK, "") if ids else (CheckStatus.MISSING, REINSTALL)
    yield MachineCheck("templates", "表格模板", status, "、".join(ids) or "一个也没有", remedy)


def _folder() -> Iterator[MachineCheck]:
    yield _writable("folder", "当前文件夹", Path(), "请换到可以写入的文件夹，或用 -o 指定输出位置")


def _cache() -> Iterator[MachineCheck]:
    from zhengti_zip.pdf.engine import cache_dir

    yield _writable(
        "cache", "字体缓存文件夹", cache_dir(), "可以不处理，但每次排版会较慢；或改正该文件夹的权限"
    )


def _writable(name: str, label: str, folder: Path, remedy: str) -> MachineCheck:
    """Whether a folder can be written; LIMITED when not, since outputs may go elsewhere and the cache only saves time."""
    from zhengti_zip.base.files import ensure_writable

    try:
        ensure_writable(folder)
    except ZhengtiError as error:
        return MachineCheck(name, label, CheckStatus.LIMITED, error.message, remedy)
    return MachineCheck(name, label, CheckStatus.OK, str(folder.absolute()))


def _rendering() -> Iterator[MachineCheck]:
    from zhengti_zip.pdf.engine import render_html

    try:
        content = render_html(_TRIAL, 1)
    except Exception as error:
        remedy = "请先处理上面缺少的各项；都齐全而仍不成功时，请把本信息交给维护人员"
        yield MachineCheck("rendering", "试排一行中文", CheckStatus.MISSING, str(error), remedy)
    else:
        yield MachineCheck("rendering", "试排一行中文", CheckStatus.OK, f"生成 PDF {len(content)} 字节")


_EXAMINATIONS: tuple[tuple[str, str, Callable[[], Iterator[MachineCheck]]], ...] = (
    ("python", "Python", _python),
    ("system", "操作系统", _system),
    ("libraries", "系统库", _libraries),
    ("packages", "Python 库", _packages),
    ("fonts", "自带字体", _fonts),
    ("templates", "表格模板", _templates),
    ("folder", "当前文件夹", _folder),
    ("cache", "字体缓存文件夹", _cache),
    ("rendering", "试排一行中文", _rendering),
)
