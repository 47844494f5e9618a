"""Digests of everything a printed form depends on: the bytes of the input, the form, the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.base.originals import fixed_time
from zhengti_zip.base.resources import fonts_dir, templates_dir
from zhengti_zip.base.version import VERSION
from zhengti_zip.batch.settings import BatchSettings

LIBRARIES = ("weasyprint", "pydyf", "python-docx", "fonttools", "lxml")
"""Libraries whose version shows in the files made."""


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(content).hexdigest()


@cache
def program_digest() -> str:
    """The program's version, that of the libraries that print, all its templates and fonts."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [VERSION]
    for name in LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} -")
    parts += [_folder_digest(templates_dir()), _folder_digest(fonts_dir())]
    return _joined(parts)


@cache
def resource_digest(form: str | None, fonts: tuple[str, ...]) -> str:
    """The form folder and the font files named on the command line.

    Raises:
        UsageProblem: one of them is missing.
    """
    parts = [""]
    if form:
        from zhengti_zip.form.loader import form_folder

        parts = [_folder_digest(form_folder(form))]
    for name in fonts:
        try:
            parts.append(digest(Path(name).read_bytes()))
        except OSError as error:
            raise UsageProblem(f"找不到字体文件 {name}", "请给出 .ttf 或 .otf 字体文件") from error
    return _joined(parts)


def completed(settings: BatchSettings) -> BatchSettings:
    """BatchSettings with absolute paths, the time that counts and every digest, fit to be sent to any machine.

    Raises:
        UsageProblem: there is no such form, or a font is missing or unusable.
        FormDefinitionError: the form has mistakes.
    """
    fonts = tuple(str(Path(font).resolve()) for font in settings.fonts)
    form = settings.form
    if form is not None:
        from zhengti_zip.form.loader import form_folder, form_ids, load_form

        form = form if form in form_ids() else str(form_folder(form))
        load_form(form)
    if fonts:
        from zhengti_zip.grid.metrics import metrics_for

        metrics_for(tuple(map(Path, fonts)))
    return replace(
        settings,
        form=form,
        fonts=fonts,
        epoch=settings.epoch or fixed_time(),
        program=program_digest(),
        resources=resource_digest(form, fonts),
    )


def settings_digest(settings: BatchSettings) -> str:
    """Everything beside the input that decides what is written."""
    return _joined(
        (
            settings.program,
            settings.resources,
            repr(settings.prints),
            str(settings.epoch),
        )
    )


def _folder_digest(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return _joined(f"{file.relative_to(folder).as_posix()} {digest(file.read_bytes())}" for file in files)


def _joined(parts: Iterable[str]) -> str:
    return digest("\n".join(parts).encode("utf-8", "surrogatepass"))
