"""SHA-256 digests of everything a printed form depends on: input, settings, form, fonts, program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import UsageProblem
from zhengti_zip.base.originals import fixed_time
from zhengti_zip.base.oserrors import reason
from zhengti_zip.base.resources import fonts_dir, package_dir, templates_dir
from zhengti_zip.base.version import VERSION
from zhengti_zip.batch.settings import BatchSettings

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "python-docx",
    "fonttools",
    "lxml",
    "openpyxl",
    "jinja2",
    "pypdf",
    "pydantic",
)
"""Libraries whose version can change the bytes of an output."""


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return sha256(content).hexdigest()


@cache
def program_digest() -> str:
    """Digest of the program: its version and source code, the versions of :data:`LIBRARIES`, templates and fonts."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [VERSION]
    for name in LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} -")
    folders = (
        _folder_digest(package_dir(), "*.py"),
        _folder_digest(templates_dir()),
        _folder_digest(fonts_dir()),
    )
    return _joined((*parts, *folders))


@cache
def resource_digest(form: str | None, fonts: tuple[str, ...]) -> str:
    """Digest of the form folder and the font files named on the command line.

    Raises:
        UsageProblem: one of them is missing.
    """
    parts = [""]
    if form:
        from zhengti_zip.form.loader import form_folder

        folder = form_folder(form)
        try:
            parts = [_folder_digest(folder)]
        except OSError as error:
            raise UsageProblem(
                f"不能读取表文件夹 {folder} 中的 {error.filename or ''}：{reason(error)}",
                "请检查该文件的权限，或把无关的文件移出这个文件夹",
            ) from error
    for name in fonts:
        try:
            parts.append(digest(Path(name).read_bytes()))
        except OSError as error:
            raise UsageProblem(f"找不到字体文件 {name}", "请给出 .ttf 或 .otf 字体文件") from error
    return _joined(parts)


def completed(settings: BatchSettings) -> BatchSettings:
    """Settings that any machine can use: absolute paths, the time written into files, all digests.

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
    """Digest of everything except the input that determines the outputs."""
    return _joined(
        (
            settings.program,
            settings.resources,
            repr(settings.prints),
            str(settings.epoch),
        )
    )


def _folder_digest(folder: Path, pattern: str = "*") -> str:
    """Digest of the regular files in a folder: their paths and contents.

    Raises:
        OSError: one cannot be read.
    """
    files = sorted(file for file in folder.rglob(pattern) if file.is_file())
    return _joined(f"{file.relative_to(folder).as_posix()} {digest(file.read_bytes())}" for file in files)


def _joined(parts: Iterable[str]) -> str:
    return digest("\n".join(parts).encode("utf-8", "surrogatepass"))
