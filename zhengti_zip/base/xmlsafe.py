"""XML from files of other people: no document types, no entities, nothing fetched, and only so much of it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import MAX_MARKUP, MAX_XML_BYTES, RESAVE, TOO_LARGE

Element = etree._Element

DOCUMENT_TYPE = b"<!DOCTYPE"
_DECLARATION = re.compile(rb"\A\s*(?:<\?xml\s[^>]*\?>\s*)?")
"""Without it a part is taken as UTF-8, and cannot choose an encoding in which the checks would see nothing."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, "<?".encode("utf-16-le"), "<?".encode("utf-16-be"))


class SafeXml:
    """Parses the XML parts of one file, all of which share one limit.

    Args:
        file: its name, for messages.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._markup = 0

    def vetted(self, content: bytes, name: str = "") -> bytes:
        """A part that any parser may have: UTF-8 without a declaration, without a document type, not too large.

        Args:
            name: what the part is to whoever made the file, for the message that it is too large.

        Raises:
            InputError: it is damaged, too large, or has a document type (the way in for entities).
        """
        if len(content) > MAX_XML_BYTES:
            raise self._too_large(name)
        if content.startswith(_UTF16):
            # Else what is looked for below could hide in the encoding. There are only these two in such files.
            try:
                content = _in_utf8(content)
            except UnicodeError as error:
                raise self._damaged() from error
        if DOCUMENT_TYPE in content:
            raise InputError(f"{self._file} 含有文档类型声明（DTD），不是正常的填报文件，已拒绝读取", RESAVE)
        self._markup += content.count(b"<") + 2 * content.count(b"=")
        if self._markup > MAX_MARKUP:
            raise self._too_large(name)
        content = _DECLARATION.sub(b"", content.removeprefix(codecs.BOM_UTF8), count=1)
        if not content.startswith(b"<") or b"\0" in content:  # an encoding in which nothing would be seen
            raise self._damaged()
        return content

    def parse(self, content: bytes) -> Element:
        """The root element of a part; comments and white space are kept.

        Raises:
            InputError: as :meth:`vetted`, or it is no XML.
        """
        checked = self.vetted(content)
        try:
            return etree.fromstring(checked, _parser())
        except (etree.LxmlError, ValueError) as error:
            raise self._damaged() from error

    def _damaged(self) -> InputError:
        return InputError(f"{self._file} 已损坏，其中的 XML 无法读取", RESAVE)

    def _too_large(self, name: str) -> InputError:
        return InputError(f"{self._file} 的{name}内容过多，不是正常的填报文件", TOO_LARGE)


def _parser() -> etree.XMLParser:
    """A parser; without ``huge_tree`` it also refuses more than 256 levels, which recursive readers rely on."""
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _in_utf8(content: bytes) -> bytes:
    has_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = "utf-16" if has_mark else "utf-16-be" if content[0] == 0 else "utf-16-le"
    return content.decode(name).encode("utf-8")
