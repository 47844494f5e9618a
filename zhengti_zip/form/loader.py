"""Loads a form's folder as a FormDefinition, or lists every mistake in it with line and key path."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhengti_zip.base.commands import typed
from zhengti_zip.base.errors import FormDefinitionError, UsageProblem
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.resources import templates_dir
from zhengti_zip.form.consistency import inconsistencies
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.mistakes import Mistake
from zhengti_zip.form.pydantic_words import in_chinese
from zhengti_zip.form.yamlfile import YamlRefused, YamlText, read_yaml

FORM_FILE = "form.yaml"
DEFAULT_FORM = "haizhu-2022"


def form_ids() -> list[str]:
    """Ids of the forms that ship with the program, sorted."""
    return sorted(file.parent.name for file in templates_dir().glob(f"*/{FORM_FILE}"))


def load_form(form: str | Path = DEFAULT_FORM) -> FormDefinition:
    """Load a form by id, or by the path of its folder.

    Raises:
        UsageProblem: no such form.
        FormDefinitionError: the definition has mistakes; all of them are listed.
    """
    return _load(form_folder(form))


def known_form(form_id: str) -> FormDefinition:
    """Load the form that an input file names. Only an id will do: a file must not lead to other files.

    Raises:
        UsageProblem: no such form.
        FormDefinitionError: the definition has mistakes.
    """
    if form_id not in form_ids():
        raise _unknown(form_id)
    return load_form(form_id)


def form_folder(form: str | Path) -> Path:
    """The folder of a form, given its id or the path of the folder or of the ``form.yaml`` in it.

    Raises:
        UsageProblem: no such form.
    """
    text = str(form)
    if text in form_ids():
        return templates_dir() / text
    folder = Path(form)
    if folder.name == FORM_FILE:
        folder = folder.parent
    if _is_form(folder):
        return folder.resolve()
    raise _unknown(text)


def form_argument(form: FormDefinition) -> str:
    """How a form is named on the command line: its id, or its folder where it does not ship with the program."""
    ships = form.folder == templates_dir() / form.id or not form.folder.name
    return form.id if ships else typed(form.folder)


def form_option(form: FormDefinition) -> str:
    """``--form`` for a hint, with a space before it; "" for a form that files find by its id."""
    argument = form_argument(form)
    return "" if argument == form.id else f" --form {argument}"


def remedy_for_another(form_id: str, what: str) -> str:
    """What to do with a file of another form than the one it was read as.

    Args:
        form_id: the form the file names.
        what: what is to be replaced by the right one otherwise, e.g. 工作簿.
    """
    known = form_id in form_ids()
    other = "去掉 --form" if known else f"用 --form 指明“{shortened(form_id)}”所在的文件夹"
    return f"请{other}，或换用对应的{what}；要转成这张表的，用 zhengti-zip upgrade 加 --to"


def _unknown(name: str) -> UsageProblem:
    message = f"没有名为“{shortened(name)}”的表"
    return UsageProblem(
        message, f"可用的表：{'、'.join(form_ids())}；也可以用 --form 给出含 {FORM_FILE} 的文件夹"
    )


def _is_form(folder: Path) -> bool:
    try:
        return (folder / FORM_FILE).is_file()
    except OSError:  # a name no file system takes
        return False


@cache
def _load(folder: Path) -> FormDefinition:
    definition, mistakes = inspect_form(folder)
    if definition is None or mistakes:
        listed = "\n".join(str(mistake) for mistake in mistakes)
        raise FormDefinitionError(
            f"表定义有 {len(mistakes)} 处错误：\n{listed}", "请按上述行号修改 form.yaml 后重试"
        )
    return definition


def inspect_form(folder: Path) -> tuple[FormDefinition | None, list[Mistake]]:
    """Read a definition and collect its mistakes; the definition is None when its shape is wrong."""
    try:
        text = read_yaml(folder / FORM_FILE)
    except OSError as error:
        remedy = f"检查文件夹中是否有 {FORM_FILE}，以及是否有读取权限"
        return None, [_whole_file(f"无法读取：{error.strerror}", remedy)]
    except YamlRefused as refused:
        return None, [replace(refused.mistake, file=FORM_FILE)]
    if not isinstance(text.data, dict):
        remedy = "从一张现有的表开始：zhengti-zip form new 文件夹"
        return None, [_whole_file("文件应由“键: 值”组成", remedy)]
    try:
        definition = FormDefinition.model_validate({**text.data, "folder": folder})
    except ValidationError as error:
        return None, [mistake.located(FORM_FILE, text) for mistake in _shape_mistakes(error, text)]
    return definition, [mistake.located(FORM_FILE, text) for mistake in inconsistencies(definition)]


def _whole_file(message: str, remedy: str) -> Mistake:
    return Mistake("", message, remedy, file=FORM_FILE, line=1)


def _shape_mistakes(error: ValidationError, text: YamlText) -> list[Mistake]:
    found: list[Mistake] = []
    for detail in error.errors():
        keys = _real_path(detail["loc"], text.data)
        if detail["type"] == "too_short" and len(_at(text.data, keys)) >= detail["ctx"]["min_length"]:
            continue  # pydantic does not count the items in which it found something else
        path = ".".join(map(str, keys))
        mistake = Mistake(path, *in_chinese(detail, path))
        if mistake not in found:  # pydantic says the same of each thing that may be written there
            found.append(mistake)
    return found


def _real_path(location: tuple[int | str, ...], data: Any) -> list[int | str]:
    """The key path as written in the file, without the parts that pydantic adds for unions and mapping keys."""
    path: list[int | str] = []
    written = location[:-1] if location and location[-1] == "[key]" else location
    for number, part in enumerate(written):
        inside = _child(data, part)
        is_model = isinstance(part, str) and part[:1].isupper() and isinstance(data, str | int | Decimal)
        if inside is not None or (number == len(written) - 1 and not is_model):
            path.append(part)
            data = inside
    return path


def _at(data: Any, keys: list[int | str]) -> Any:
    for key in keys:
        data = _child(data, key)
    return data if isinstance(data, list | dict) else ()


def _child(data: Any, part: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None
