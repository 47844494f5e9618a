"""Suffixes of the files a command writes: a PDF is not called 表.xlsx."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import UsageProblem

KINDS = {
    ".xlsx": "Excel 工作簿",
    ".pdf": "PDF",
    ".docx": "Word 文件",
    ".json": "JSON",
    ".png": "图片",
    ".zip": "压缩包",
    ".txt": "文本文件",
}
"""Kinds of files by suffix, as they are called in messages."""

NOT_OURS = (".xls", ".xlsm", ".xlsb", ".et", ".csv", ".doc", ".wps", ".jpg", ".jpeg", ".rar", ".7z")
"""Suffixes of other files, which a person may take a folder's name for."""

STDOUT = Path("-")


def refuse_suffix(path: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a path that would not tell what stands there.

    Args:
        path: what ``-o`` says; ``-`` is stdout.
        suffixes: what the file can end with, the usual one first; none if it is a folder.

    Raises:
        UsageProblem: the suffix is missing or of another kind, or a folder is called like a file.
    """
    found = path.suffix.lower()
    if path == STDOUT or (suffixes and path.is_dir()):  # the command says that it is a folder
        return
    if not suffixes:
        if found in (*KINDS, *NOT_OURS) and not path.is_dir():
            folder = typed(path.parent) if path.parent != Path() else typed(path.with_suffix(""))
            raise UsageProblem(
                f"{path} 像是文件名，这里要写文件夹：文件放在其中，名称由程序定",
                f"请写文件夹，例如 -o {folder}",
            )
        return
    if found in suffixes:
        return
    has_other = found in (*KINDS, *NOT_OURS)
    kinds = "或 ".join(f"{KINDS[suffix]}（{suffix}）" for suffix in suffixes)
    stem = path.with_suffix("") if has_other else path
    better = typed(stem.with_name(stem.name + suffixes[0]))
    wrong = f"后缀 {path.suffix} 不对" if has_other else "没有写后缀"
    raise UsageProblem(f"{path} {wrong}，这里生成的是 {kinds}", f"请改为 {better}{_elsewhere(found)}")


def _elsewhere(suffix: str) -> str:
    """Which command makes what was asked for."""
    makers = {".pdf": "build", ".docx": "build", ".json": "export", ".png": "preview", ".xlsx": "fill"}
    maker = makers.get(suffix)
    return f"；要 {KINDS[suffix]}，见 zhengti-zip {maker} --help" if maker else ""
