"""The texts outside the table: cover, title, lines above it and the signature line."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from zhengti_zip.form.print_columns import CellSpec
from zhengti_zip.form.print_layout import LineAlign, LineItem, UnruledLine
from zhengti_zip.grid.content import Entry, content_of
from zhengti_zip.grid.formats import Shown, shown
from zhengti_zip.grid.table import Cover, LineText, Span
from zhengti_zip.submission.paths import InputPath

GAP = "　　"
"""Between two items of a line above the title."""


def title_line(line: str, entry: Entry) -> tuple[str, tuple[Span, ...]]:
    """A title line with its fields filled in, and their places; line breaks in a field are left out."""
    text, spans = "", []
    for fixed, name, _, _ in Formatter().parse(line):
        text += fixed
        if name is not None:
            value = shown(entry.submission.fields.get(name), entry.form.field_by_id[name])
            start, printed = len(text) + len(value.before), value.text.replace("\n", "")
            text += Shown(printed, value.before, value.behind).whole
            spans.append(Span(start, start + len(printed), InputPath.field(name)))
    return text, tuple(spans)


def cover_of(entry: Entry) -> Cover | None:
    """The page before the form; None if the form has none."""
    spec = entry.form.layout.cover
    if spec is None:
        return None
    return Cover(
        above=tuple(line_above(line, entry) for line in spec.above),
        title=tuple(
            LineText(*title_line(line, entry), LineAlign.CENTER) for line in spec.title or entry.form.title
        ),
        items=tuple(signature_item(item, entry) for item in spec.items),
        foot=tuple(line_above(line, entry) for line in spec.foot),
        title_pt=spec.title_pt,
        body_pt=spec.body_pt,
    )


def line_above(line: UnruledLine, entry: Entry) -> LineText:
    """A line above the title or on the cover."""
    return LineText(*_joined([_item(item, entry) for item in line.items]), line.align)


def signature_item(item: str | LineItem, entry: Entry) -> LineText:
    """An item of the signature line or the cover; a label gets a colon, behind which people sign."""
    return LineText(f"{item}：") if isinstance(item, str) else _item(item, entry)


def _item(item: str | LineItem, entry: Entry) -> LineText:
    if isinstance(item, str):
        return LineText(item)
    if item.value is None:
        return LineText(item.text)
    text, spans = item.text, []
    for paragraph in content_of(CellSpec(value=item.value), entry):
        start = len(text) + paragraph.lead
        text += paragraph.text
        spans.append(Span(start, len(text) - paragraph.tail, paragraph.path))
    return LineText(text, tuple(span for span in spans if span.path))


def _joined(items: Sequence[LineText]) -> tuple[str, tuple[Span, ...]]:
    text, spans = "", []
    for number, item in enumerate(items):
        text += GAP if number else ""
        spans += [Span(len(text) + s.start, len(text) + s.end, s.path) for s in item.inputs]
        text += item.text
    return text, tuple(spans)
