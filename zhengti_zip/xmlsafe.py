"""XML from files of other people: no document types, no entities, nothing fetched, and only so much of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from zhengti_zip.errors import InputError
from zhengti_zip.limits import RESAVE, TOO_LARGE

Element = etree._Element

MAX_XML_BYTES = 64 * 1024 * 1024
MAX_MARKUP = 4_000_000
"""Tags plus twice the attributes of all parts of a file: each takes some hundred bytes once parsed, however
few it takes in the file. A filled-in workbook has some 50,000."""

DOCUMENT_TYPE = b"<!DOCTYPE"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, "<?".encode("utf-16-le"), "<?".encode("utf-16-be"))


class SafeXml:
    """Parses the XML parts of one file, all of which share one limit.

    Args:
        file: its name, for messages.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._markup = 0

    def parse(self, content: bytes) -> Element:
        """The root element of a part; comments and white space are kept.

        Raises:
            InputError: it is damaged, too large, or has a document type (the way in for entities).
        """
        checked = self._checked(content)
        try:
            return etree.fromstring(checked, _parser())
        except (etree.LxmlError, ValueError) as error:
            raise self._damaged() from error

    def elements(self, content: bytes, *tags: str) -> Iterator[Element]:
        """The elements of some names (``{*}name`` in any namespace) as they are completed.

        Whoever takes one may clear it, so that a large part never stands in memory as a whole.

        Raises:
            InputError: as :meth:`parse`, perhaps after some elements.
        """
        stream = BytesIO(self._checked(content))
        try:
            found = etree.iterparse(
                stream,
                tag=tags,
                encoding="utf-8",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            for _, element in found:
                yield element
        except etree.LxmlError as error:
            raise self._damaged() from error

    def _checked(self, content: bytes) -> bytes:
        """The part in UTF-8, if there is nothing against parsing it."""
        if len(content) > MAX_XML_BYTES:
            raise self._too_large()
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
            raise self._too_large()
        return content

    def _damaged(self) -> InputError:
        return InputError(f"{self._file} 已损坏，其中的 XML 无法读取", RESAVE)

    def _too_large(self) -> InputError:
        return InputError(f"{self._file} 的内容过多，不是正常的填报文件", TOO_LARGE)


def _parser() -> etree.XMLParser:
    """The encoding is given, so that a part cannot choose one in which the checks would see nothing."""
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _in_utf8(content: bytes) -> bytes:
    has_mark = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    name = "utf-16" if has_mark else "utf-16-be" if content[0] == 0 else "utf-16-le"
    return content.decode(name).encode("utf-8")
