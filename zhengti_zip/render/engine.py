"""WeasyPrint held on a short lead: only our fonts, nothing fetched, every complaint an error."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from zhengti_zip.errors import EnvironmentProblem, RenderError
from zhengti_zip.originals import Attachment, fixed_time
from zhengti_zip.render.formhtml import document_class
from zhengti_zip.render.settling import settle
from zhengti_zip.render.startup import import_weasyprint
from zhengti_zip.resources import fonts_dir

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
            import_weasyprint()
            from weasyprint.text.fonts import FontConfiguration

            return FontConfiguration()
    except (ImportError, OSError) as error:
        raise EnvironmentProblem(
            f"排版引擎不能启动：{error}", "请运行 zhengti-zip doctor，按提示安装缺少的库"
        ) from error


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint logs from warning level on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


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


def _let_go(document: Any) -> int:
    """Empty the boxes of a document that is written; returns how many pages it had.

    They hang together with functions that refer to themselves, so that they would wait for the garbage
    collector, which takes three times as long for them.
    """
    boxes = [page._page_box for page in document.pages]
    count = len(boxes)
    while boxes:
        known = boxes.pop().__dict__
        boxes.extend(known.get("children", ()))
        known.clear()
    return count


def render_html(
    html: str,
    pages: int | None = None,
    attachments: Sequence[Attachment] = (),
    fonts: tuple[Path, ...] = (),
    base: tuple[Path, ...] = (),
    finisher: Callable[[Any, Any], None] | None = None,
    **options: Any,
) -> bytes:
    """Typeset HTML.

    Args:
        html: the document.
        pages: how many pages it must have, where they are laid out already; None for any number.
        attachments: files kept inside the PDF.
        fonts: font files beside the bundled ones.
        base: files that say what the elements are, in place of WeasyPrint's sheet for all of HTML.
        finisher: called with the laid-out document and the PDF before it is written.
        options: further options of WeasyPrint's ``write_pdf``.

    Raises:
        EnvironmentProblem: WeasyPrint or one of its libraries is missing.
        RenderError: WeasyPrint warned of anything, or the page count differs from ``pages``.
    """
    configuration = _font_configuration(fonts)
    import weasyprint

    def finish(document: Any, pdf: Any) -> None:
        if finisher:
            finisher(document, pdf)
        settle(pdf)

    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        made = document_class(base) if base else weasyprint.HTML
        document = made(string=html, url_fetcher=_closed_fetcher()).render(
            font_config=configuration, **options
        )
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            kept = [_attachment(attachment) for attachment in attachments]
            content: bytes = document.write_pdf(finisher=finish, attachments=kept, **options)
        page_count = _let_go(document)
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise RenderError(
            "排版引擎报告了问题：" + "；".join(complaints.messages), "请把本信息和工作簿交给维护人员"
        )
    if pages is not None and page_count != pages:
        raise RenderError(f"排版结果为 {page_count} 页，应为 {pages} 页", "请把本信息和工作簿交给维护人员")
    return content
