"""The template of a report: ``report.md.j2`` of the form, or the shared one; it can reach nothing but its material."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from zhengti_zip.base.errors import FormDefinitionError
from zhengti_zip.base.markdown import Block, MarkupMistake, blocks_of, marked
from zhengti_zip.base.resources import shared_dir
from zhengti_zip.reporting.material import Material

TEMPLATE = "report.md.j2"

NUMERALS = "〇一二三四五六七八九"

SHARED = "shared"
"""``shared/report.md.j2`` is the shared template, so that a form's own can extend it and replace single parts."""


def report_blocks(material: Material, folder: Path) -> tuple[Block, ...]:
    """The report.

    Args:
        material: what it can say.
        folder: of the form.

    Raises:
        FormDefinitionError: the form's template has a mistake.
    """
    where = folder / TEMPLATE if (folder / TEMPLATE).is_file() else shared_dir() / TEMPLATE
    try:
        return blocks_of(_environment(folder).get_template(TEMPLATE).render(report=material))
    except MarkupMistake as error:
        words = f"报告模板 {where} 写出的第 {error.line} 行不对：{error.words}"
        raise FormDefinitionError(words, "请改正报告模板") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        line = getattr(error, "lineno", None)
        words = f"报告模板 {where}{f' 第 {line} 行' if line else ''}不能使用：{error}"
        raise FormDefinitionError(words, "请改正报告模板，写法见 docs/reports.md") from error


def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    """Jinja without access to anything but its values, each of which stands in the Markdown as it is."""
    shared = FileSystemLoader(shared_dir(), encoding="utf-8")
    own = FileSystemLoader(folder, encoding="utf-8")
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([own, shared, PrefixLoader({SHARED: shared})]),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
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
