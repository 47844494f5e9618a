"""The template of a report: ``report.md.j2`` of the form, or the shared one; it can reach nothing but its material."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from zhengti_zip.base.errors import FormDefinitionError
from zhengti_zip.base.excerpts import shortened
from zhengti_zip.base.markdown import Block, MarkupMistake, blocks_of, marked
from zhengti_zip.base.resources import shared_dir
from zhengti_zip.reporting.material import Material

SUFFIX = ".j2"
TEMPLATE = f"report.md{SUFFIX}"

NUMERALS = "〇一二三四五六七八九"

SHARED = "shared"
"""``shared/report.md.j2`` is the shared template, so that a form's own can extend it and replace single parts."""


FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a template with a mistake raises."""

SYNTAX_WORDS = (
    (r"^Unexpected end of template.* be closed is '(\w+)'", "“{0}”没有结束，缺少“end{0}”"),
    (r"^Encountered unknown tag '(\w+)'", "这里不能有“{0}”"),
    (r"^No filter named '(\w+)'", "没有名为“{0}”的过滤器"),
    (r"^No test named '(\w+)'", "没有名为“{0}”的判断"),
)
"""What Jinja says of the usual slips, and the same in Chinese."""


class ReportTemplateError(FormDefinitionError):
    """A report template that cannot be used.

    Attributes:
        file: the template.
        line: the line of the mistake, from 1; 0 where the template does not have one.
        words: what is wrong, in Chinese.
    """

    def __init__(self, file: Path, line: int, words: str) -> None:
        place = f" 第 {line} 行" if line else ""
        super().__init__(f"报告模板 {file}{place}不能使用：{words}", "请改正报告模板，写法见 docs/reports.md")
        self.file, self.line, self.words = file, line, words

    @property
    def name(self) -> str:
        """The template as a form's own names it: ``shared/report.md.j2`` for the shared one."""
        return f"{SHARED}/{self.file.name}" if self.file.parent == shared_dir() else self.file.name


def report_blocks(material: Material, folder: Path) -> tuple[Block, ...]:
    """The report.

    Args:
        material: what it can say.
        folder: of the form.

    Raises:
        ReportTemplateError: the form's template has a mistake.
    """
    own = folder / TEMPLATE
    where = own if own.is_file() else shared_dir() / TEMPLATE
    try:
        written = _environment(folder).get_template(TEMPLATE).render(report=material)
    except FAILURES as error:
        raise ReportTemplateError(*_place(error, where), _words(error)) from error
    try:
        blocks = blocks_of(written)
    except MarkupMistake as error:
        line = shortened(written.split("\n")[error.line - 1].strip())
        raise ReportTemplateError(where, 0, f"写出的“{line}”不对：{error.words}") from error
    if not blocks:
        raise ReportTemplateError(where, 0, "没有写出任何内容")
    return blocks


def _place(error: Exception, start: Path) -> tuple[Path, int]:
    """The template and the line in which it failed; ``start`` and 0 where there is none, e.g. in a file that is no text."""
    if isinstance(error, TemplateSyntaxError):
        return Path(error.filename or start), error.lineno
    places = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).suffix == SUFFIX]
    return (Path(places[-1].filename), places[-1].lineno or 0) if places else (start, 0)


def _words(error: Exception) -> str:
    match error:
        case TemplateSyntaxError():
            return _syntax_words(error.message or "")
        case TemplateNotFound():
            return f"没有模板“{error.name}”"
        case UndefinedError():
            return str(error)
        case SecurityError():
            return f"不允许这样写（{error}）"
        case UnicodeDecodeError():
            return "不是 UTF-8 编码的文件，请另存为 UTF-8"
        case _:
            return f"运行时出错（{type(error).__name__}：{error}）"


def _syntax_words(message: str) -> str:
    """Jinja's message in Chinese; a rare one is quoted."""
    for pattern, words in SYNTAX_WORDS:
        if found := re.search(pattern, message):
            return words.format(found[1])
    return f"写法不对（Jinja2：{message}）"


class _Missing(StrictUndefined):
    """A name that a template asks for and that there is not; says so in Chinese."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: Any = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        if exc is SecurityError:
            words = f"不能取用“{name}”"
        elif isinstance(name, int):
            words = f"没有第 {name + 1} 项：列表是空的，或没有这么长"
        else:
            words = f"没有{'名为' if obj is missing else ''}“{name}”的{'变量' if obj is missing else '内容'}"
        super().__init__(words, obj, name, exc)


def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    """Jinja without access to anything but its values, each of which stands in the Markdown as it is."""
    shared = FileSystemLoader(shared_dir(), encoding="utf-8")
    own = FileSystemLoader(folder, encoding="utf-8")
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([own, shared, PrefixLoader({SHARED: shared})]),
        autoescape=True,
        finalize=_finalized,
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"table": _table, "numeral": _numeral}
    return environment


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> Markup:
    """A table as Markdown, for templates.

    Args:
        heads, rows: its texts.
        sides: where the texts of each column stand, a letter each: l, c or r; the last one holds for all further columns.
    """
    marks = {"l": ":--", "c": ":-:", "r": "--:"}
    aligned = [marks[sides[min(place, len(sides) - 1)]] for place in range(len(heads))]
    lines = [[marked(cell) for cell in heads], aligned, *([marked(cell) for cell in row] for row in rows)]
    return Markup("\n".join(f"|{'|'.join(line)}|" for line in lines))


def _numeral(number: int) -> str:
    """一 to 九十九, for headings."""
    tens, ones = divmod(number, 10)
    first = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return first + (NUMERALS[ones] if ones or not tens else "")


def _finalized(value: Any) -> Any:
    """What is put into the text: a value without any meaning as Markdown, or what the template itself has written."""
    return value if isinstance(value, Markup | StrictUndefined) else Markup(marked(str(value)))
