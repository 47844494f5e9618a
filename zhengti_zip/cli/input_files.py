"""What several commands do with an input or a form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.file_paths import command_line
from zhengti_zip.cli.streams import complain, detail
from zhengti_zip.submission.problems import InputRefused

if TYPE_CHECKING:
    from zhengti_zip.form.definition import FormDefinition
    from zhengti_zip.grid.examine import Examination
    from zhengti_zip.submission.source import Source


def form_of(name: str | None) -> FormDefinition:
    """The form named on the command line, or the default one.

    Raises:
        UsageProblem: there is no such form.
        FormDefinitionError: it has mistakes.
    """
    from zhengti_zip.form.loader import DEFAULT_FORM, load_form

    return load_form(name or DEFAULT_FORM)


def read_input(file: Path, form_name: str | None = None, fonts: tuple[Path, ...] = ()) -> Source:
    """Read what a department filled in; with ``-v`` say what was read.

    Raises:
        InputError: the file as a whole cannot be read.
    """
    from zhengti_zip.workbook.read.anyinput import read

    source = read(file, form_name, fonts)
    detail(f"已读取 {file}：{source.form.name}（{source.form.id}），{len(source.places)} 个填写的位置")
    return source


def readable_source(file: Path, consequence: str, form_name: str | None = None) -> Source:
    """An input all of whose values were understood, so that nothing is lost by writing it elsewhere.

    Args:
        consequence: what is not done otherwise, e.g. ``未导出``.
        form_name: what ``--form`` says.

    Raises:
        InputError: the file as a whole cannot be read.
        InputRefused: some values could not be understood.
    """
    source = read_input(file, form_name)
    unread = [problem for problem in source.reading_problems if problem.is_error]
    if unread:
        raise InputRefused(f"有 {len(unread)} 处内容无法识别，{consequence}", unread, "请改正后重试")
    return source


def code_of(examined: Examination, consequence: str, file: Path, form_name: str | None) -> ExitCode:
    """The exit code of an examined input; errors are counted on stderr, with the command that lists them.

    Args:
        consequence: what the errors mean for the output, e.g. ``得分仅供参考``.
        file, form_name: what the command was given.
    """
    if not examined.has_errors:
        return ExitCode.OK
    remedy = f"查看全部错误：{command_line('check', file, form_name)}"
    complain(f"填报内容有 {examined.error_count} 处错误，{consequence}", remedy)
    return ExitCode.INPUT_ERROR
