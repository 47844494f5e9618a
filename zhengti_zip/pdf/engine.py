"""WeasyPrint with our fonts only, nothing fetched, and every complaint an error."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from zhengti_zip.base.errors import EnvironmentProblem, RenderError
from zhengti_zip.base.originals import Attachment, fixed_time
from zhengti_zip.base.resources import fonts_dir
from zhengti_zip.pdf import fast
from zhengti_zip.pdf.deflating import deflate_streams

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
  <cachedir>{cache}</cachedir>
  <config></config>
</fontconfig>
"""


def cache_dir() -> Path:
    """Where fontconfig may keep its index of our fonts: the user's cache folder."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "zhengti-zip" / "fontconfig"


_KEPT_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []


@contextmanager
def _only_our_fonts(folders: Sequence[Path] = ()) -> Iterator[None]:
    """Point fontconfig at a file that names our fonts folder and no other.

    Fontconfig reads the variable whenever a configuration is made, so it is set only meanwhile.
    """
    handle, name = tempfile.mkstemp(prefix="zhengti-fonts-", suffix=".conf")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        listed = "\n".join(f"  <dir>{escape(str(folder))}</dir>" for folder in (fonts_dir(), *folders))
        file.write(FONTCONFIG.format(folders=listed, cache=escape(str(cache_dir()))))
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = name
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
        Path(name).unlink(missing_ok=True)


@cache
def _font_configuration(fonts: tuple[Path, ...] = ()) -> Any:
    """WeasyPrint's fonts: ours, and copies of the files given, in a folder kept as long as the process."""
    folders = []
    if fonts:
        kept = tempfile.TemporaryDirectory(prefix="zhengti-fonts-")
        _KEPT_FOLDERS.append(kept)
        folders = [Path(kept.name)]
        for number, font in enumerate(fonts):
            shutil.copyfile(font, folders[0] / f"{number}{font.suffix}")
    try:
        # Where a library is missing WeasyPrint prints an English page to stdout, which is for results.
        with _only_our_fonts(folders), redirect_stdout(StringIO()):
            fast.import_weasyprint()
            from weasyprint.text.fonts import FontConfiguration

            return FontConfiguration()
    except (ImportError, OSError) as error:
        raise EnvironmentProblem(
            f"排版引擎不能启动：{error}", "请运行 zhengti-zip doctor，按提示安装缺少的库"
        ) from error


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint logs from warning level on in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint complains of within the block."""
    handler, logger = _Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


@cache
def _closed_fetcher() -> Any:
    """A fetcher that opens nothing; WeasyPrint logs the refusal, which fails the build."""
    from weasyprint.urls import URLFetcher

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"排版时不允许读取外部资源：{url}")

    return ClosedFetcher()


def _attachment(attachment: Attachment) -> Any:
    """An attachment with fixed dates, so that a rebuild gives the same bytes."""
    import weasyprint

    when = datetime.fromtimestamp(fixed_time(), UTC)
    return weasyprint.Attachment(
        file_obj=BytesIO(attachment.content),
        name=attachment.name,
        description=attachment.description,
        relationship=attachment.relationship,
        created=when,
        modified=when,
    )


_DRAWING = threading.Lock()
"""Held while WeasyPrint works. Fontconfig is told its file by an environment variable, a missing library is told on
stdout, and Pango's fonts belong to one thread at a time."""


def start_engine() -> None:
    """Import WeasyPrint and read the fonts, so that the first document need not wait for them.

    Raises:
        EnvironmentProblem: WeasyPrint or one of its libraries is missing.
    """
    with _DRAWING:
        _font_configuration()


def render_html(
    html: str,
    pages: int | None = None,
    attachments: Sequence[Attachment] = (),
    fonts: tuple[Path, ...] = (),
    base: tuple[Path, ...] = (),
    finisher: Callable[[Any, Any], None] | None = None,
    **options: Any,
) -> bytes:
    """Typeset HTML. Several threads may call this; one at a time is served.

    Args:
        html: the document.
        pages: how many pages it must have, where they are laid out already; None for any number.
        attachments: files kept inside the PDF.
        fonts: font files beside the bundled ones.
        base: style sheets that describe every element the document has. WeasyPrint's sheet for all of HTML
            may be left out then.
        finisher: called with the laid-out document and the PDF before it is written.
        options: further options of WeasyPrint's ``write_pdf``.

    Raises:
        EnvironmentProblem: WeasyPrint or one of its libraries is missing.
        RenderError: WeasyPrint warned of anything, or the page count differs from ``pages``.
    """

    def finish(document: Any, pdf: Any) -> None:
        if finisher:
            finisher(document, pdf)
        deflate_streams(pdf)

    with _DRAWING, _complaints() as complaints:
        configuration = _font_configuration(fonts)
        fast.import_weasyprint()
        source = fast.html_class(base)(string=html, url_fetcher=_closed_fetcher())
        document = source.render(font_config=configuration, **options)
        kept = [_attachment(attachment) for attachment in attachments]
        content: bytes = document.write_pdf(finisher=finish, attachments=kept, **options)
        page_count = len(document.pages)
    if complaints:
        raise RenderError("排版引擎报告了问题：" + "；".join(complaints), "请把本信息和工作簿交给维护人员")
    if pages is not None and page_count != pages:
        raise RenderError(f"排版结果为 {page_count} 页，应为 {pages} 页", "请把本信息和工作簿交给维护人员")
    return content
