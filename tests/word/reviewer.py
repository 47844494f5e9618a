"""Accepts or rejects all tracked changes of a Word file: by the rules of Word, or with LibreOffice."""

from __future__ import annotations

import subprocess
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from zhengti_zip.word.content import DELETED, INSERTED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"
GONE = {ACCEPT: DELETED, REJECT: INSERTED}


def settled(root: etree._Element, command: str) -> list[str]:
    """The texts of the paragraphs in Word after ACCEPT or REJECT."""
    found, text = [], ""
    for paragraph in root.iter(f"{W}p"):
        text += written(paragraph, GONE[command])
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{GONE[command]}") is None:
            found.append(text)
            text = ""
    assert not text, "the last paragraph's end can be neither inserted nor deleted"
    return found


def written(parent: etree._Element, gone: str) -> str:
    """The text of a paragraph without hints of empty controls."""
    text = ""
    for node in parent.iter(f"{W}t", f"{W}delText", f"{W}br"):
        is_hint = any(c.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for c in node.iterancestors(f"{W}sdt"))
        if not is_hint and not any(True for _ in node.iterancestors(f"{W}{gone}")):
            text += "\n" if node.tag == f"{W}br" else node.text or ""
    return text


def body(file: Path | bytes) -> etree._Element:
    with ZipFile(BytesIO(file) if isinstance(file, bytes) else file) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def cells(root: etree._Element, command: str = ACCEPT) -> list[str]:
    """The title and the text of every cell, each paragraph a line."""
    table = {paragraph for cell in root.iter(f"{W}tc") for paragraph in cell.iter(f"{W}p")}
    title = [written(p, GONE[command]) for p in root.iter(f"{W}p") if p not in table]
    return [*filter(None, title), *("\n".join(settled(cell, command)) for cell in root.iter(f"{W}tc"))]


_MACRO = """Sub Settle(source As String, target As String, command As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
    Dim filter(0) As New com.sun.star.beans.PropertyValue
    filter(0).Name = "FilterName"
    filter(0).Value = "MS Word 2007 XML"
    document.storeToURL(target, filter())
    document.close(True)
End Sub
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    f'script:language="StarBasic">{escape(_MACRO)}</script:module>'
)


def settle(file: Path, folder: Path, command: str) -> Path:
    """The file as Word files are after ACCEPT or REJECT.

    Args:
        folder: for the result, and for what LibreOffice needs.
    """
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    if not module.exists():
        _soffice(folder, "--terminate_after_init")  # puts an empty module there
    module.write_text(_MODULE, encoding="utf-8")
    settled = folder / f"{command.removeprefix('.uno:')}.docx"
    urls = ",".join(path.absolute().as_uri() for path in (file, settled))
    _soffice(folder, f"macro:///Standard.Module1.Settle({urls},{command})")
    assert settled.exists()
    return settled


def _soffice(folder: Path, *arguments: str) -> None:
    profile = (folder / "profile").absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
