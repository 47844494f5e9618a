"""A reviewed file reads the same whichever program saved it, in whichever variant of the format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.review.office_xml import LABEL, PRINTED, REASON, behind, below, demo, drawing, run
from tests.review.test_unread import changes_in, outcome, told
from tests.review.wordlike import DEMO, controls, edited, parts_of, remove, retype
from zhengti_zip.base.errors import InputError
from zhengti_zip.review.document import read_document

Parts = dict[str, bytes]
NEW = "改后的原因。"
OFFICE, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
TYPES, MAIN, RELATIONS = "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"


def packed(parts: Parts) -> bytes:
    """A file whose entries are called exactly like this."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name  # zipfile would make a slash of a backslash
            package.writestr(entry, part)
    return stream.getvalue()


def strict(parts: Parts) -> Parts:
    """As Word saves "Strict Open XML"."""
    families = rb"(wordprocessingml|officeDocument|drawingml)/2006/"
    return {name: re.sub(OFFICE + families, STRICT + rb"\1/", part) for name, part in parts.items()}


def main_part(name: str) -> Callable[[Parts], Parts]:
    """The text is in a part of another name, as the relation of the file says."""

    def change(parts: Parts) -> Parts:
        made = {MAIN: name, RELATIONS: re.sub(r"([^/]+)$", r"_rels/\1.rels", name)}
        changed = {made.get(old, old): part for old, part in parts.items()}
        for part in (TYPES, "_rels/.rels"):
            changed[part] = changed[part].replace(MAIN.encode(), name.encode())
        if not name.startswith("word/"):
            relations = re.sub(rb'Target="(?![./])', b'Target="/word/', changed[made[RELATIONS]])
            changed[made[RELATIONS]] = relations.replace(b'Target="../', b'Target="/')
        return changed

    return change


def upper(parts: Parts) -> Parts:
    """The parts are called in capitals; relations and types are not."""
    return {name if name == TYPES else name.upper(): part for name, part in parts.items()}


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\"): part for name, part in parts.items()}


def compatible(parts: Parts) -> Parts:
    """As Word saves in the mode of Word 2007."""
    settings = parts["word/settings.xml"].replace(
        b'w:name="compatibilityMode"', b'w:name="compatibilityMode" '
    )
    settings = re.sub(rb'(compatibilityMode" [^>]*w:val=)"15"', rb'\1"12"', settings)
    assert b'w:val="12"' in settings
    return {**parts, "word/settings.xml": settings}


WAYS: dict[str, Callable[[Parts], Parts]] = {
    "document2.xml (Word Online)": main_part("word/document2.xml"),
    "document.xml in capitals": main_part("word/Document.xml"),
    "another folder": main_part("text/main.xml"),
    "Strict Open XML": strict,
    "Strict document2.xml": lambda parts: main_part("word/document2.xml")(strict(parts)),
    "parts in capitals": upper,
    "backslashes": backslashes,
    "types in small letters": lambda parts: {TYPES.lower() if n == TYPES else n: p for n, p in parts.items()},
    "compatibility mode": compatible,
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@cache
def reviewed() -> bytes:
    """The demo's file with an edit, and with a picture."""
    picture = drawing("<pic:pic/>", "picture", 'descr="签字"')
    return behind(picture, "budget.basic", retype(demo(), {REASON: NEW}))


@every_way
def test_the_edit_and_the_picture_are_found(way: Callable[[Parts], Parts]) -> None:
    content = packed(way(parts_of(reviewed())))
    assert content != packed(parts_of(reviewed()))
    assert outcome(content) == (NEW, [("图片", "第 1 页 基本支出", "签字")])


@every_way
def test_nothing_is_found_where_nothing_was_edited(way: Callable[[Parts], Parts]) -> None:
    found = changes_in(packed(way(parts_of(demo()))))
    assert (found.edits, found.problems, found.unread, found.orders) == ([], [], [], {})


@pytest.mark.parametrize("way", ["document2.xml (Word Online)", "Strict Open XML", "parts in capitals"])
def test_every_command_that_takes_a_word_file_takes_it(way: str, tmp_path: Path) -> None:
    file = tmp_path / "审阅.docx"
    file.write_bytes(packed(WAYS[way](parts_of(reviewed()))))
    differing = call("diff", DEMO, file)
    assert differing.code == 1 and NEW in differing.out
    built = call("build", DEMO, "--docx", "--compare", file, "-o", tmp_path)
    assert built.code == 0, built.err
    done = call("review", file, "--workbook", DEMO, "-o", tmp_path / "新.xlsx")
    assert done.code == 0 and "签字" in done.out


def alternatives(*branches: tuple[str, str], fallback: str = "") -> str:
    """A run whose content is one of several: by what a branch requires."""
    choices = "".join(
        f'<mc:Choice Requires="{needs}"><w:t>{text}</w:t></mc:Choice>' for needs, text in branches
    )
    other = f"<mc:Fallback><w:t>{fallback}</w:t></mc:Fallback>" if fallback else ""
    return f"<w:r><mc:AlternateContent>{choices}{other}</mc:AlternateContent></w:r>"


ALTERNATIVES = {
    "新写法": (alternatives(("w14", "新"), fallback="旧"), "新"),
    "两个新写法": (alternatives(("wps", "一"), ("w14", "二"), fallback="旧"), "一"),
    "只有 WPS 懂的写法": (alternatives(("wpsCustomData", "专用"), fallback="通用"), "通用"),
    "先 WPS 后 Word": (alternatives(("wpsCustomData", "专用"), ("w14", "新"), fallback="旧"), "新"),
    "没有后备": (alternatives(("wpsCustomData", "专用")), "专用"),
    "没有声明的前缀": (alternatives(("nobody", "未知"), fallback="通用"), "通用"),
    "只有后备": (alternatives(fallback="旧"), "旧"),
    "什么都没有": (alternatives(), None),
}


@pytest.mark.parametrize(("xml", "text"), ALTERNATIVES.values(), ids=ALTERNATIVES)
def test_one_of_several_alternatives_is_read(xml: str, text: str | None) -> None:
    content = behind(xml)
    assert outcome(content) == (None if text is None else PRINTED + text, [])


def test_a_whole_paragraph_may_be_an_alternative() -> None:
    text = f"<w:p>{run('另一段')}</w:p>"
    xml = (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{text}</mc:Choice><mc:Fallback>{text}</mc:Fallback>'
    )
    assert told(below(f"{xml}</mc:AlternateContent>")) == [("填写项以外的文字", "表格下方", "另一段")]


def broken(program: bytes) -> bytes:
    """A file whose text is no XML, as LibreOffice 7.4 leaves it after the tracked deletion of a whole control."""
    parts = parts_of(demo())
    whole = f"{PRINTED}</w:t></w:r></w:sdtContent>".encode()
    assert whole in parts[MAIN]
    start = parts[MAIN].index(whole)
    opened = parts[MAIN].rindex(b"<w:sdt>", 0, start)
    inside = parts[MAIN].index(b"<w:sdtContent>", opened) + len(b"<w:sdtContent>")
    text = parts[MAIN]
    parts[MAIN] = text[:opened] + b'<w:del w:id="0">' + text[opened:inside] + b"</w:del>" + text[inside:]
    parts["docProps/app.xml"] = b"<Properties><Application>" + program + b"</Application></Properties>"
    return packed(parts)


def test_what_libreoffice_broke_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="由 LibreOffice 保存，其中的修订标记已写坏") as refused:
        read_document(broken(b"LibreOffice/7.4.7.2$Linux"), "审阅.docx")
    assert "接受全部修订" in refused.value.remedy and "审阅前的文件" in refused.value.remedy
    with pytest.raises(InputError, match="已损坏"):
        read_document(broken(b"Microsoft Office Word"), "审阅.docx")


def test_a_control_that_a_program_lost_with_its_text_is_told_with_the_way_out() -> None:
    found = changes_in(edited(demo(), lambda root: remove(controls(root, REASON)[0])))
    (problem,) = found.problems
    assert (problem.code, problem.field) == ("lost_value", LABEL)
    assert "直接在工作簿中改" in problem.remedy and found.edits == []
