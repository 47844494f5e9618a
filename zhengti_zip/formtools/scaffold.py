"""``zhengti-zip form new``: a folder to start a form from, made from an existing one.

The definition is edited as text, so that its comments stay.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from zhengti_zip.base.errors import OutputError, UsageProblem
from zhengti_zip.form.definition import FormId
from zhengti_zip.form.loader import DEFAULT_FORM, FORM_FILE, form_folder, load_form
from zhengti_zip.formtools.remarks import DRAFT_MARK


def new_form(folder: Path, start: str | Path = DEFAULT_FORM) -> Path:
    """Copy a form to ``folder``; its id becomes the folder's name.

    Args:
        folder: where to; must not exist.
        start: id or folder of the form to start from.

    Returns:
        The new ``form.yaml``.

    Raises:
        UsageProblem: the folder's name is no form id, or there is no such form to start from.
        FormDefinitionError: the form to start from has mistakes.
        OutputError: the folder exists or cannot be written.
    """
    form_id = _form_id(folder)
    load_form(start)
    source = form_folder(start)
    if folder.resolve().is_relative_to(source.resolve()):
        raise UsageProblem("不能建在原来那张表的文件夹里", "换一个位置")
    text = edited((source / FORM_FILE).read_text(encoding="utf-8-sig"), form_id)
    try:
        if folder.exists() or folder.is_symlink():
            raise OutputError(f"文件夹已存在：{folder}", "换一个文件夹名；已有的表不会被覆盖")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhengti-", dir=folder.parent) as name:
            copy = Path(name) / form_id
            shutil.copytree(source, copy, copy_function=shutil.copyfile)
            copy.chmod(copy.stat().st_mode | stat.S_IRWXU)  # the original may be read-only
            (copy / FORM_FILE).write_text(text, encoding="utf-8", newline="\n")
            copy.rename(folder)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"不能写入 {folder}：{reason}", "换一个位置，或检查权限和磁盘空间") from error
    return folder / FORM_FILE


def _form_id(folder: Path) -> str:
    name = folder.resolve().name
    try:
        return TypeAdapter[str](FormId).validate_python(name)
    except ValidationError as error:
        raise UsageProblem(
            f"文件夹名“{name}”不能作为表的编号",
            "用小写字母、数字和“-”，2 至 40 个字符，以字母或数字开头，例如 huadu-2023",
        ) from error


def edited(text: str, form_id: str) -> str:
    """A definition's text under another id: as version 1 and with a name that says it is a draft."""
    changes = {"id": _scalar(form_id), "version": "1", "name": _scalar(form_id + DRAFT_MARK)}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in reversed([(key.value, value) for key, value in pairs if key.value in changes]):
        start, end = value.start_mark.index, value.end_mark.index
        ending = "\n" if text[start:end].endswith("\n") else ""  # of a text over several lines
        text = text[:start] + changes[key] + ending + text[end:]
    return text


def _scalar(value: str) -> str:
    """A text as YAML; in quotes where it would be a number or true or false otherwise."""
    return value if yaml.safe_load(value) == value else f'"{value}"'
