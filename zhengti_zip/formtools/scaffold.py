"""``zhengti-zip form new``: a folder to start a form from, made from an existing one.

The definition is edited as text, so that its comments stay.
"""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from zhengti_zip.base.errors import OutputError, UsageProblem
from zhengti_zip.base.jsontext import json_text
from zhengti_zip.form.definition import FormDefinition, FormId
from zhengti_zip.form.loader import DEFAULT_FORM, FORM_FILE, form_folder, load_form
from zhengti_zip.formtools.form_schema import form_schema
from zhengti_zip.formtools.remarks import DRAFT_MARK
from zhengti_zip.formtools.to_review import ToReview, to_review

SCHEMA_FILE = "form.schema.json"
SCHEMA_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}\n"
_SCHEMA_LINES = re.compile(r"(?m)^# yaml-language-server:.*\n")
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class NewForm:
    """A form that was started.

    Attributes:
        file: its ``form.yaml``.
        review: what its author has to look at, in the order of the file.
    """

    file: Path
    review: tuple[ToReview, ...]


def new_form(folder: Path, start: str | Path = DEFAULT_FORM, year: int | None = None) -> NewForm:
    """Copy a form to ``folder``; its id becomes the folder's name.

    Args:
        folder: where to; must not exist.
        start: id or folder of the form to start from.
        year: the year of the new form; None keeps the old one. With a year the name and the title keep
            their words, with the old year replaced.

    Raises:
        UsageProblem: the folder's name is no form id, or there is no such form to start from.
        FormDefinitionError: the form to start from has mistakes.
        OutputError: the folder exists or cannot be written.
    """
    form_id = _form_id(folder)
    if year is not None and year not in YEARS:
        raise UsageProblem(f"年度 {year} 超出范围", f"写 {YEARS[0]} 至 {YEARS[-1]} 之间的年份")
    old = load_form(start)
    source = form_folder(start)
    if folder.resolve().is_relative_to(source.resolve()):
        raise UsageProblem("不能建在原来那张表的文件夹里", "换一个位置")
    text = edited((source / FORM_FILE).read_text(encoding="utf-8-sig"), form_id, old, year)
    try:
        if folder.exists() or folder.is_symlink():
            raise OutputError(f"文件夹已存在：{folder}", "换一个文件夹名；已有的表不会被覆盖")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zhengti-", dir=folder.parent) as name:
            copy = Path(name) / form_id
            shutil.copytree(source, copy, copy_function=shutil.copyfile)
            copy.chmod(copy.stat().st_mode | stat.S_IRWXU)  # the original may be read-only
            (copy / FORM_FILE).write_text(text, encoding="utf-8", newline="\n")
            (copy / SCHEMA_FILE).write_text(json_text(form_schema()), encoding="utf-8", newline="\n")
            _rename_samples(copy, old.id, form_id)
            copy.rename(folder)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"不能写入 {folder}：{reason}", "换一个位置，或检查权限和磁盘空间") from error
    return NewForm(folder / FORM_FILE, tuple(to_review(folder, text, old, year)))


def _form_id(folder: Path) -> str:
    name = folder.resolve().name
    try:
        return TypeAdapter[str](FormId).validate_python(name)
    except ValidationError as error:
        raise UsageProblem(
            f"文件夹名“{name}”不能作为表的编号",
            "用小写字母、数字和“-”，2 至 40 个字符，以字母或数字开头，例如 huadu-2023",
        ) from error


def _rename_samples(folder: Path, old_id: str, new_id: str) -> None:
    """Let the samples beside a definition be of the new form."""
    for file in folder.glob("*.json"):
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace(f'"form": "{old_id}"', f'"form": "{new_id}"'), encoding="utf-8", newline="\n"
        )


def edited(text: str, form_id: str, old: FormDefinition, year: int | None = None) -> str:
    """A definition's text under another id, as version 1, of another year or with a name that says it is a draft."""
    changes = {"id": form_id, "version": "1"}
    if year is None:
        changes["name"] = form_id + DRAFT_MARK
    else:
        changes |= {"year": str(year), "name": _of_year(old.name, old.year, year)}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes = [(key.value, value) for key, value in root.value] if isinstance(root, yaml.MappingNode) else []
    found = [(value, changes[key]) for key, value in nodes if key in changes]
    for key, value in nodes:
        if key == "title" and year is not None:
            found += [(line, _of_year(line.value, old.year, year)) for line in value.value]
    for node, new in sorted(found, key=lambda pair: -pair[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        ending = "\n" if text[start:end].endswith("\n") else ""  # of a text over several lines
        if str(node.value) != new:
            text = text[:start] + _scalar(new) + ending + text[end:]
    return SCHEMA_LINE + _SCHEMA_LINES.sub("", text)


def _of_year(text: str, old: int, new: int) -> str:
    """A text with the old year replaced where it is written as a year."""
    return re.sub(rf"(?<!\d){old}(?=\s*年)", str(new), text)


def _scalar(value: str) -> str:
    """A text as YAML: as it is, or in quotes where YAML would read it as something else."""
    try:
        if str(yaml.safe_load(value)) == value and ": " not in value and " #" not in value:
            return value if yaml.safe_load(f"- {value}") == [yaml.safe_load(value)] else _quoted(value)
    except yaml.YAMLError:
        pass
    return _quoted(value)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
