"""The forms that can be filled in, their blank workbooks, and pictures of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import form_ids, load_form
from zhengti_zip.web.refusals import not_found
from zhengti_zip.web.server import Server
from zhengti_zip.web.work.tasks import draw_blank_form


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a list."""

    id: str
    name: str
    year: int


@cache
def form_lines() -> tuple[FormLine, ...]:
    """All forms, by name."""
    forms = (load_form(identity) for identity in form_ids())
    return tuple(sorted((FormLine(form.id, form.name, form.year) for form in forms), key=_order))


def _order(form: FormLine) -> tuple[int, str]:
    return -form.year, form.name


def form_by_id(identity: str) -> FormDefinition:
    """A form.

    Raises:
        Refusal: there is none of that id. A path of a folder is no id.
    """
    if identity not in form_ids():
        raise not_found()
    return load_form(identity)


@cache
def blank_workbook_of(identity: str) -> bytes:
    """The blank workbook of a form, made once.

    Raises:
        Refusal: there is no such form.
    """
    from zhengti_zip.workbook.write.writer import blank_workbook

    return blank_workbook(form_by_id(identity))


_pictures: dict[str, bytes] = {}


def picture_of(server: Server, identity: str) -> bytes:
    """The first page of a blank form as PNG, drawn once.

    Raises:
        Refusal: there is no such form.
        WorkFailed: it cannot be drawn.
    """
    form_by_id(identity)
    if identity not in _pictures:
        _pictures[identity] = server.jobs.calls.call(draw_blank_form, identity)
    return _pictures[identity]
