"""The parts of a Word file that a review reads, opened safely whichever program saved the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.filekinds import FileKind, must_be
from zhengti_zip.base.jsonreading import json_data
from zhengti_zip.base.limits import MAX_JSON_BYTES, RESAVE, TOO_LARGE_WORD, too_much
from zhengti_zip.base.numbers import whole_number
from zhengti_zip.base.package import DOCUMENT, WORDPROCESSING, normal_parts, relations_of, targets
from zhengti_zip.base.xmlsafe import SafeXml

Element = etree._Element

WORD = WORDPROCESSING

SUBMISSION_ROOT = "{urn:zhengti-zip:submission}submission"

NOT_WORD = "请给出由 zhengti-zip build 生成、审阅后保存的 .docx 文件"

NO_TRACKING = "请用 LibreOffice 打开审阅前的文件，改好后先接受全部修订，再另存为 .docx；或改用 Word、WPS 审阅"
"""The way out where LibreOffice wrote what no program can open: it begins the tracked deletion of a whole content
control in front of the control, and ends it inside."""

MADE_BY, OPEN_OFFICE = "docProps/app.xml", b"LibreOffice"
"""The part that names the program that saved a file, and the name looked for."""


def word(tag: str) -> str:
    """The qualified name of a Word element."""
    return f"{{{WORD}}}{tag}"


@dataclass(frozen=True, slots=True)
class Embedded:
    """The data inside a Word file: form id and version as the file names them, and the plain JSON data."""

    form: str
    version: int
    data: dict[str, Any]


class WordFile:
    """A .docx file.

    Args:
        content: the file.
        name: its name, for messages.

    Raises:
        InputError: the file is no Word file, damaged, encrypted or not safe to read; also when a part is read.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        must_be(FileKind.WORD, Path(name), content)
        self._parts = normal_parts(Path(name), content, DOCUMENT)
        self._xml = SafeXml(Path(name))

    def document(self) -> Element:
        """The text: its root element."""
        try:
            root = self._tree(DOCUMENT)
        except InputError as error:
            if error.remedy != RESAVE or OPEN_OFFICE not in self._parts.get(MADE_BY, b""):
                raise
            raise InputError(
                f"{self.name} 由 LibreOffice 保存，其中的修订标记已写坏，无法读取", NO_TRACKING
            ) from error
        if root.tag != word("document"):
            raise InputError(f"{self.name} 不是 Word 文件", NOT_WORD)
        return root

    def related(self, kind: str) -> list[Element]:
        """The root elements of the parts that the text leads to by relations of one kind.

        Args:
            kind: last word of the type of the relation, e.g. comments, styles, numbering, header.

        Raises:
            InputError: such a part is damaged or not safe to read.
        """
        if (relations := relations_of(DOCUMENT)) not in self._parts:
            return []
        found = targets(self._tree(relations), DOCUMENT)
        parts = dict.fromkeys(part for _, name, part in found if name == kind and part in self._parts)
        return [self._tree(part) for part in parts]

    def embedded(self) -> Embedded | None:
        """The data the file was built from; None when a program dropped them.

        Raises:
            InputError: the data are damaged.
        """
        read = 0
        for part in sorted(self._parts):
            if part.lower().startswith("customxml/item") and part.endswith(".xml"):
                read += len(self._parts[part])
                if read > MAX_JSON_BYTES:
                    raise too_much(self.name, "随附的数据", MAX_JSON_BYTES // 1024**2, "MB", TOO_LARGE_WORD)
                root = self._tree(part)
                if root.tag == SUBMISSION_ROOT:
                    return self._understood(root)
        return None

    def _understood(self, root: Element) -> Embedded:
        try:
            data = json_data("".join(map(str, root.itertext())), f"{self.name} 中随附的填报数据")
        except InputError as error:
            raise InputError(f"{self.name} 中随附的填报数据已损坏", "请使用原始的审阅稿重新审阅") from error
        version = whole_number(root.get("version", "1"))
        if not isinstance(data, dict) or not root.get("form") or version is None:
            raise InputError(f"{self.name} 中随附的填报数据已损坏", "请使用原始的审阅稿重新审阅")
        return Embedded(root.get("form", ""), version, data)

    def _tree(self, part: str) -> Element:
        return self._xml.parse(self._parts[part])
