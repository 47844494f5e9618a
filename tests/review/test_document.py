"""Reading the text of a Word file with all the elements that office programs put around it."""

from __future__ import annotations

import pytest

from tests.review.wordlike import DOCUMENT, by_hand, packed, parts_of
from zhengti_zip.base.errors import InputError
from zhengti_zip.review.document import read_document
from zhengti_zip.review.reviewed_text import ReviewedBody
from zhengti_zip.review.wordfile import WORD

INS, DEL = ('w:ins w:id="1" w:author="甲" w:date="2023-01-02T03:04:05Z"', 'w:del w:id="2" w:author="乙"')
GONE = '<w:pPr><w:rPr><w:del w:id="3" w:author="乙"/></w:rPr></w:pPr>'
NEW = '<w:pPr><w:rPr><w:ins w:id="3" w:author="乙"/></w:rPr></w:pPr>'


def body(xml: str, accept: bool = True) -> ReviewedBody:
    return read_document(by_hand(xml), "审阅.docx", accept).body


def lines(xml: str, accept: bool = True) -> list[str]:
    return [paragraph.text for paragraph in body(xml, accept).title]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def gone(text: str) -> str:
    return f"<{DEL}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def new(text: str) -> str:
    return f"<{INS}>{run(text)}</w:ins>"


def p(content: str) -> str:
    return f"<w:p>{content}</w:p>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("一") + run("二"), "一二"),
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:tab/></w:r>", "一\n二\n\t"),
        ('<w:r><w:t>一</w:t><w:br w:type="page"/><w:t>二</w:t></w:r>', "一二"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t></w:r>", "a\u2011\u00adb"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="Wingdings" w:char="D83D"/></w:r>', ""),
        ('<w:smartTag><w:hyperlink r:id="x" xmlns:r="r">' + run("链接") + "</w:hyperlink></w:smartTag>", "链接"),
        ("<w:dir>" + run("שלום") + "</w:dir><w:bdo>" + run("!") + "</w:bdo>", "שלום!"),
        ("<w:r><w:ruby><w:rt>" + run("hàn") + "</w:rt><w:rubyBase>" + run("汉") + "</w:rubyBase></w:ruby></w:r>", "汉"),
        ('<w:fldSimple w:instr="PAGE">' + run("3") + "</w:fldSimple>", "3"),
        ("<w:customXml>" + run("内") + "</w:customXml><!-- 注释 --><?pi x?>", "内"),
        ('<w:proofErr w:type="spellStart"/>' + run("&lt;w:t&gt;&amp;") + "<w:lastRenderedPageBreak/>", "<w:t>&"),
    ],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_a_person_sees(xml: str, text: str) -> None:
    assert lines(p(xml)) == [text]


def test_the_result_of_a_field_is_text_and_its_code_is_not() -> None:
    begin, middle, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    inner = f"{begin}<w:r><w:instrText>REF x</w:instrText></w:r>{middle}{run('嵌套')}{end}"
    assert lines(p(f"{begin}{run('IF ')}{inner}{middle}{run('结果')}{end}{run('后')}")) == ["结果后"]


@pytest.mark.parametrize(
    ("xml", "accepted", "rejected"),
    [
        (p(run("甲") + gone("旧") + new("新") + run("乙")), ["甲新乙"], ["甲旧乙"]),
        (p(f"<w:moveFrom>{run('移')}</w:moveFrom>") + p(f"<w:moveTo>{run('移')}</w:moveTo>"), ["", "移"], ["移", ""]),
        (p(GONE + run("一")) + p(run("二")), ["一二"], ["一", "二"]),
        (p(NEW + new("一")) + p(run("二")), ["一", "二"], ["二"]),
        (p(f"<{INS}>{gone('来去')}</w:ins>" + run("留")), ["留"], ["留"]),
        (p("<w:r><w:rPr><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>只改字体</w:t></w:r>"), ["只改字体"], ["只改字体"]),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted_or_rejected(xml: str, accepted: list[str], rejected: list[str]) -> None:
    assert lines(xml) == accepted
    assert lines(xml, accept=False) == rejected


def test_author_and_date_of_a_change_are_read_when_accepted_and_when_rejected() -> None:
    for accept in (True, False):
        pieces = body(p(gone("旧") + new("新")), accept).title[0].runs
        found = {(r.author, r.date, r.is_deletion) for piece in pieces for r in piece.revisions}
        assert found == {("乙", "", True), ("甲", "2023-01-02T03:04:05Z", False)}


def test_changes_marked_by_this_program_are_no_tracked_changes_of_a_reviewer() -> None:
    ours = '<w:ins w:id="1" w:author="zhengti-zip（与上次对比）">' + run("新") + "</w:ins>"
    for accept in (True, False):
        [paragraph] = body(p(ours), accept).title
        assert paragraph.text == "新" and not any(piece.revisions for piece in paragraph.runs)


TABLE = "<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(xml: str, accept: bool = True) -> list[list[str]]:
    return [[found.text for found in cells] for cells in body(TABLE.format(xml), accept).rows]


def test_rows_and_cells_inside_controls_and_merged_cells_are_read() -> None:
    inside = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{row(cell(p(run('一'))), cell(p(run('二'))))}</w:sdtContent></w:sdt>"
    )
    other = row(
        cell(p(""), "<w:vMerge/>"), f"<w:sdt><w:sdtContent>{cell(p(run('三')))}</w:sdtContent></w:sdt>"
    )
    found = body(TABLE.format(inside + other)).rows
    assert [[c.text for c in cells] for cells in found] == [["一", "二"], ["", "三"]]
    assert [c.is_continued for c in found[1]] == [True, False]


def test_a_row_inserted_or_deleted_with_tracked_changes() -> None:
    rows = row(cell(p(run("旧"))), properties=f"<{DEL}/>") + row(cell(p(run("新"))), properties=f"<{INS}/>")
    assert table(rows) == [["新"]]
    assert table(rows, accept=False) == [["旧"]]


def test_a_table_within_a_cell_is_text_of_that_cell() -> None:
    inner = TABLE.format(row(cell(p(run("内")))))
    assert table(row(cell(p(run("外")) + inner + p("")))) == [["外\n内\n"]]


def test_paragraphs_before_and_after_the_tables_are_title_and_others() -> None:
    found = body(p(run("标题")) + TABLE.format(row(cell(p("")))) + p(run("落款")))
    assert [paragraph.text for paragraph in found.title] == ["标题"]
    assert [paragraph.text for paragraph in found.others] == ["落款"]


def test_the_placeholder_of_a_control_is_marked() -> None:
    sdt = "<w:sdt><w:sdtPr><w:alias w:val='标题'/><w:tag w:val='fields.x'/>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    [paragraph] = body(p(sdt.format("<w:showingPlcHdr/>", run("填写")))).title
    assert [piece.is_placeholder for piece in paragraph.runs] == [True]
    assert [(c.tag, c.alias) for c in paragraph.runs[0].controls] == [("fields.x", "标题")]
    [paragraph] = body(p(sdt.format('<w:showingPlcHdr w:val="0"/>', run("填写")))).title
    assert not paragraph.runs[0].is_placeholder


COMMENTS = (
    '<w:comment w:id="7" w:author="甲" w:date="2023-01-01T08:00:00Z">'
    f'<w:p w14:paraId="0A"><w:r><w:annotationRef/></w:r>{run("请核对")}</w:p>{p(run("第二段"))}</w:comment>'
    f'<w:comment w:id="8" w:author="乙"><w:p w14:paraId="0B">{run("已核对")}</w:p></w:comment>'
)


def test_comments_their_replies_and_their_places() -> None:
    xml = p(
        run("前")
        + '<w:commentRangeStart w:id="7"/>'
        + run("中")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
        + run("后")
        + '<w:r><w:commentReference w:id="8"/></w:r>'
    )
    threads = '<w15:commentEx w15:paraId="0A"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
    read = read_document(by_hand(xml, COMMENTS, threads), "审阅.docx")
    assert {key: (r.author, r.text) for key, r in read.remarks.items()} == {
        "7": ("甲", "请核对\n第二段"),
        "8": ("乙", "已核对"),
    }
    assert read.remarks["7"].date == "2023-01-01T08:00:00Z"
    assert read.replies == {"8": "7"}
    pieces = read.body.title[0].runs
    assert [(piece.text, piece.comments) for piece in pieces] == [
        ("前", ()),
        ("中", ("7",)),
        ("后", ()),
        ("", ("8",)),
    ]


def test_the_strict_variant_of_the_format_reads_the_same() -> None:
    parts = parts_of(by_hand(p(run("内容"))))
    parts[DOCUMENT] = parts[DOCUMENT].replace(
        WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert [paragraph.text for paragraph in read_document(packed(parts), "严格.docx").body.title] == ["内容"]


def replaced(part: str, content: bytes) -> bytes:
    return packed({**parts_of(by_hand(p(run("内容")))), part: content})


def with_data(attributes: str, data: str) -> bytes:
    root = f'<submission xmlns="urn:zhengti-zip:submission" {attributes}>{data}</submission>'
    return replaced("customXml/item1.xml", root.encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1}", "RTF"),
        (b"", "不是 Word 文件"),
        (b"PK\x03\x04 torn", "损坏"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "ODT"),
        (by_hand(p(""))[:-30], "损坏"),
        (replaced(DOCUMENT, b"<w:document"), "损坏"),
        (replaced(DOCUMENT, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "DTD"),
        (replaced(DOCUMENT, b"<x/>"), "不是 Word 文件"),
        (with_data('form="x"', "{"), "损坏"),
        (with_data('form="x"', "[]"), "损坏"),
        (with_data("", "{}"), "损坏"),
        (with_data('form="x" version="a"', "{}"), "损坏"),
    ],
)  # fmt: skip
def test_a_damaged_or_other_file_is_refused_with_a_remedy(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_document(content, "文件.docx")
    assert said in refused.value.message and refused.value.remedy


def test_a_workbook_is_refused() -> None:
    from tests.review.wordlike import DEMO

    with pytest.raises(InputError, match="不是 Word 文件"):
        read_document(DEMO.read_bytes(), "工作簿.xlsx")


def test_a_deep_or_malformed_tree_is_read_or_refused() -> None:
    deep = "<w:customXml>" * 200 + run("底") + "</w:customXml>" * 200
    assert lines(p(deep)) == ["底"]
    with pytest.raises(InputError):
        lines(p("<w:customXml>" * 3000 + "</w:customXml>" * 3000))
    senseless = '<w:tr/><w:tc/><w:commentRangeEnd w:id="5"/><w:r><w:fldChar w:fldCharType="end"/></w:r><w:tbl/><w:sdt/>'
    assert body(senseless).rows == []
