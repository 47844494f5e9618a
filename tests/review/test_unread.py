"""Everything visible in a reviewed Word file is read or told: what is no text, what is marked, what stands outside."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.review.office_xml import (
    LABEL,
    PRINTED,
    REASON,
    behind,
    below,
    box,
    demo,
    drawing,
    elements,
    field,
    instead,
    looking,
    restyled,
    run,
    with_part,
)
from tests.review.wordlike import AUTHOR, DATE, DEMO, Element, controls, edited, retype, texts
from tests.support import time_limit
from zhengti_zip import read
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import DocumentChanges, find_changes
from zhengti_zip.review.word_source import read_word_source
from zhengti_zip.review.wordfile import word

PAGE = f"第 1 页 {LABEL}"
TRACKED = f'w:id="7" w:author="{AUTHOR}" w:date="{DATE}"'


@cache
def baseline() -> Baseline:
    """What the demo's file printed."""
    source = read(DEMO)
    return Baseline(source.form, source.submission)


def changes_in(content: bytes, accept: bool = True) -> DocumentChanges:
    return find_changes(read_document(content, "审阅.docx", accept), baseline())


Told = tuple[str, str, str]
"""What is listed as not read: kind, place, words."""


def outcome(content: bytes, accept: bool = True, path: str = REASON) -> tuple[str | None, list[Told]]:
    """What an input was changed to, None when it was not changed; and what is listed as not read."""
    found = changes_in(content, accept)
    value = next((edit.after for edit in found.edits if edit.path == path), None)
    return value, [(str(c.kind), c.place, c.text) for c in found.unread]


def told(content: bytes, accept: bool = True) -> list[Told]:
    """What is listed as not read."""
    return outcome(content, accept)[1]


BOXED = "请核实后改为6,125.00"
CHOICE = f'<mc:Choice Requires="wps">{{}}</mc:Choice><mc:Fallback>{run("旧版的内容")}</mc:Fallback>'
VML = '<w:r><w:pict><v:shape type="#_x0000_t202">{}</v:shape></w:pict></w:r>'

DRAWN = {
    "DrawingML 文本框": (drawing(f"<wps:wsp><wps:txbx>{box(BOXED)}</wps:txbx></wps:wsp>"), "文本框", BOXED),
    "VML 文本框": (VML.format(f"<v:textbox>{box(BOXED)}</v:textbox>"), "文本框", BOXED),
    "两种写法取其一": (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        + drawing(f"<wps:wsp><wps:txbx>{box(BOXED)}</wps:txbx></wps:wsp>")[5:-6]
        + f"</mc:Choice><mc:Fallback>{VML.format(f'<v:textbox>{box(BOXED)}</v:textbox>')[5:-6]}</mc:Fallback>"
        "</mc:AlternateContent></w:r>",
        "文本框",
        BOXED,
    ),
    "组合中的文本框": (
        drawing(f"<wpg:wgp><wps:wsp><wps:txbx>{box(BOXED)}</wps:txbx></wps:wsp></wpg:wgp>"),
        "文本框",
        BOXED,
    ),
    "空的文本框": (
        drawing("<wps:wsp><wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx></wps:wsp>"),
        "文本框",
        "",
    ),
    "图片": (drawing("<pic:pic/>", "picture"), "图片", ""),
    "有说明的图片": (drawing("<pic:pic/>", "picture", 'descr="改后的决算表"'), "图片", "改后的决算表"),
    "没有内容的图片": (drawing("", "picture"), "图片", ""),
    "VML 图片": ('<w:r><w:pict><v:shape alt="签字"><v:imagedata/></v:shape></w:pict></w:r>', "图片", "签字"),
    "箭头": (drawing("<wps:wsp><wps:spPr/></wps:wsp>"), "图形", ""),
    "VML 直线": ("<w:r><w:pict><v:line/></w:pict></w:r>", "图形", ""),
    "图表": (drawing("<c:chart r:id='rId9'/>", "chart"), "图表", ""),
    "SmartArt": (drawing("<dgm:relIds r:dm='rId9'/>", "diagram"), "SmartArt 图形", ""),
    "艺术字": (VML.format('<v:textpath string="不同意"/>'), "艺术字", "不同意"),
    "墨迹": ('<w:r><w:contentPart r:id="rId9"/></w:r>', "墨迹", ""),
    "嵌入的工作簿": (
        '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>',
        "嵌入的对象",
        "Excel.Sheet.12",
    ),
}


@pytest.mark.parametrize(("xml", "kind", "words"), DRAWN.values(), ids=DRAWN)
def test_what_is_drawn_beside_an_input_is_told_once_with_its_place(xml: str, kind: str, words: str) -> None:
    content = behind(xml)
    assert outcome(content) == (None, [(kind, PAGE, words)])


def test_a_text_box_below_the_table_and_one_in_a_label_are_told() -> None:
    shape = drawing(f"<wps:wsp><wps:txbx>{box(BOXED)}</wps:txbx></wps:wsp>")
    assert told(below(f"<w:p>{shape}</w:p>")) == [("文本框", "表格下方", BOXED)]

    def beside_a_label(root: Element) -> None:
        label = next(text for text in texts(root) if text.text == "预算编制")
        run_of_it = label.getparent()
        assert run_of_it is not None
        run_of_it.addnext(elements(shape)[0])

    assert told(edited(demo(), beside_a_label)) == [("文本框", "“预算编制”一格", BOXED)]


def test_a_picture_inside_a_text_box_is_told_too() -> None:
    inside = f"<w:txbxContent><w:p>{run('见图')}{drawing('<pic:pic/>', 'picture')}</w:p></w:txbxContent>"
    found = told(behind(drawing(f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>")))
    assert found == [("文本框", PAGE, "见图"), ("图片", PAGE, "")]


def test_what_a_tracked_change_removes_is_not_told_and_what_it_inserts_has_its_author() -> None:
    picture = drawing("<pic:pic/>", "picture")
    inserted, deleted = (behind(f"<w:{tag} {TRACKED}>{picture}</w:{tag}>") for tag in ("ins", "del"))
    (content,) = changes_in(inserted).unread
    assert (content.author, content.date) == (AUTHOR, DATE)
    assert told(inserted, accept=False) == told(deleted) == []
    assert told(deleted, accept=False) == [("图片", PAGE, "")]


@pytest.mark.parametrize("tag", ["footnote", "endnote"])
def test_notes_are_told_where_they_stand(tag: str) -> None:
    reference = behind(f'<w:r><w:{tag}Reference w:id="2"/></w:r>')
    note = f'<w:{tag}s><w:{tag} w:id="2"><w:p>{run("数据来自决算报表")}</w:p></w:{tag}></w:{tag}s>'
    kind = {"footnote": "脚注", "endnote": "尾注"}[tag]
    found = told(with_part(reference, f"{tag}s.xml", f"{tag}s", note))
    assert found == [(kind, PAGE, "数据来自决算报表")]
    assert told(reference) == [(kind, PAGE, "")], "also when the note itself is missing"


def test_a_note_that_refers_to_itself_is_told_twice_and_read_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnotes><w:footnote w:id="2"><w:p>{run("注")}{reference}</w:p></w:footnote></w:footnotes>'
    found = told(with_part(behind(reference), "footnotes.xml", "footnotes", note))
    assert found == [("脚注", PAGE, "注"), ("脚注", PAGE, "")]


@pytest.mark.parametrize(("tag", "root"), [("header", "hdr"), ("footer", "ftr")])
def test_headers_and_footers_are_told_but_not_page_numbers(tag: str, root: str) -> None:
    def with_margin(inside: str) -> bytes:
        return with_part(demo(), f"{tag}9.xml", tag, f"<w:{root}><w:p>{inside}</w:p></w:{root}>")

    kind = {"header": "页眉", "footer": "页脚"}[tag]
    assert told(with_margin(run("送审稿，请于5日前退回"))) == [(kind, kind, "送审稿，请于5日前退回")]
    assert told(with_margin(drawing("<pic:pic/>", "picture"))) == [("图片", kind, "")]
    pages = f"{run('第 ')}{field('PAGE', '1')}{run(' 页，共 ')}{field('NUMPAGES')}{run(' 页')}"
    assert told(with_margin(pages)) == told(with_margin(f"{run('- ')}{field('PAGE', '1')}{run(' -')}")) == []


READ_AS = {
    "带圈的数字": (field(r" eq \o\ac(○,1)"), "①", []),
    "带圈的二十以上的数字": (field(r"EQ \o\ac(○,36)"), "㊱", []),
    "带圈的汉字": (field(r"eq \o\ac(○,正)"), "㊣", []),
    "带圈的字母": (field(r"eq \o\ac(○,a)"), "ⓐ", []),
    "大圈": (field(r"eq \o\ac(◯,12)"), "⑫", []),
    "带框的数字": (field(r"eq \o\ac(□,1)"), "1", [("带框的字符", "1")]),
    "没有这样的带圈字符": (field(r"eq \o\ac(○,鑫)"), "鑫", [("带框的字符", "鑫")]),
    "拼音指南": (
        field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yǎn),䶮)'),
        "䶮",
        [("拼音", "yǎn")],
    ),
    "拼音（ruby）": (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yǎn')}</w:rt><w:rubyBase>{run('䶮')}</w:rubyBase></w:ruby></w:r>",
        "䶮",
        [("拼音", "yǎn")],
    ),
    "域中的上标": (field(r"EQ m\s\up5(2)"), "m²", []),
    "域中的分数": (field(r"EQ \f(1,3)"), "1/3", [("公式", "1/3")]),
    "域中的根号": (field(r"EQ \r(3,x)"), "√3，x", [("公式", "√3，x")]),
    "域中的括号": (field(r"EQ \(a\,b\)"), "(a,b)", []),
    "有结果的域": (field("DATE", "2023年2月"), "2023年2月", []),
    "简单域": ('<w:fldSimple w:instr="EQ \\o\\ac(○,2)"/>', "②", []),
    "简单域的结果": (f'<w:fldSimple w:instr="DATE">{run("3月")}</w:fldSimple>', "3月", []),
    "域中的域": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,</w:instrText></w:r>'
        + field("=1+2", "3")
        + '<w:r><w:instrText>)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "③",
        [],
    ),
    "没有结尾的域": (
        r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \o\ac(○,5)</w:instrText></w:r>',
        "⑤",
        [],
    ),
    "符号域": (field(r'SYMBOL 179 \f "Symbol" \s 12'), "≥", []),
    "字符代码域": (field("SYMBOL 9312"), "①", []),
    "不认识的符号域": (field(r'SYMBOL 61473 \f "Webdings"'), None, [("符号", r'SYMBOL 61473 \f "Webdings"')]),
    "列表编号域": (field("LISTNUM"), None, [("域", "LISTNUM")]),
    "不显示的索引项": (field('XE "绩效"'), None, []),
    "符号 ☑": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑", []),
    "符号 ✓": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓", []),
    "符号 ≥": ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "≥", []),
    "符号 ①": ('<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>', "①", []),
    "不认识的符号": (
        '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>',
        None,
        [("符号", "Webdings F021")],
    ),
    "符号字体的文字": (
        run("\uf0b3\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'),
        "≥≤",
        [],
    ),
    "公式 m²": (
        "<m:oMath><m:sSup><m:sSupPr/><m:e><m:r><m:t>m</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>",
        "m²",
        [],
    ),
    "公式 a+b": ("<m:oMathPara><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></m:oMathPara>", "a+b", []),
    "公式 (a+b)/c": (
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f>"
        "</m:oMath>",
        "(a+b)/c",
        [("公式", "(a+b)/c")],
    ),
    "公式 √x": (
        "<m:oMath><m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad></m:oMath>",
        "√x",
        [("公式", "√x")],
    ),
    "上标": (run("10") + run("3", '<w:vertAlign w:val="superscript"/>') + run("吨"), "10³吨", []),
    "下标": (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO₂", []),
    "没有这样的上标": (run("注", '<w:vertAlign w:val="superscript"/>'), "注", [("上标", "注")]),
    "提升的文字": (run("10") + run("3", '<w:position w:val="8"/>'), "103", [("上标", "3")]),
}


@pytest.mark.parametrize(("xml", "text", "listed"), READ_AS.values(), ids=READ_AS)
def test_fields_symbols_equations_and_raised_text_are_read_or_told(
    xml: str, text: str | None, listed: list[tuple[str, str]]
) -> None:
    content = behind(xml)
    wanted = [(kind, PAGE, words) for kind, words in listed]
    assert outcome(content) == (None if text is None else PRINTED + text, wanted)


STRIKES = {
    "删除线": "<w:strike/>",
    "双删除线": "<w:dstrike/>",
    "删除线 w:val": '<w:strike w:val="true"/>',
    "删除线样式": '<w:rStyle w:val="Crossed"/>',
}
CROSSED = '<w:style w:type="character" w:styleId="Crossed"><w:name w:val="划去"/><w:rPr><w:strike/></w:rPr></w:style>'
BASED = '<w:style w:type="character" w:styleId="X"><w:name w:val="x"/><w:basedOn w:val="Crossed"/></w:style>'


@pytest.mark.parametrize("look", [*STRIKES.values(), '<w:rStyle w:val="X"/>'], ids=[*STRIKES, "基于它的样式"])
def test_struck_text_with_new_text_beside_it_is_replaced_and_told(look: str) -> None:
    new = restyled(instead(run(PRINTED, look) + run("改后的原因。")), CROSSED + BASED)
    assert outcome(new) == ("改后的原因。", [("删除线", PAGE, PRINTED)])


def test_a_struck_number_is_replaced_by_the_one_beside_it() -> None:
    content = behind(run("6,120.54", '<w:color w:val="FF0000"/>'), "budget.basic")
    content = edited(content, lambda root: strike(controls(root, "budget.basic")[0]))
    value, listed = outcome(content, path="budget.basic")
    assert value == "6,120.54"
    assert [(kind, words) for kind, _, words in listed] == [
        ("删除线", "6,120.45"),
        ("突出显示", "6,120.54"),
    ]


def strike(sdt: Element) -> None:
    """Strike the first run of a control."""
    next(sdt.iter(word("r"))).insert(0, elements("<w:rPr><w:strike/></w:rPr>")[0])


def test_a_text_struck_in_several_runs_is_told_once_and_empties_the_input() -> None:
    look = "<w:strike/>"
    content = instead(run(PRINTED[:5], look) + run(PRINTED[5:9], look) + run(PRINTED[9:], look))
    assert outcome(content) == ("", [("删除线", PAGE, PRINTED)])


@pytest.mark.parametrize("look", ["", '<w:strike w:val="0"/>', '<w:vanish w:val="false"/>', "<w:b/>"])
def test_a_look_that_says_nothing_is_not_told(look: str) -> None:
    content = looking(REASON, look)
    assert outcome(content) == (None, [])


def test_a_tracked_strike_has_its_author_and_counts_only_when_changes_are_accepted() -> None:
    content = looking(REASON, f"<w:strike/><w:rPrChange {TRACKED}><w:rPr/></w:rPrChange>")
    (struck,) = changes_in(content).unread
    assert (struck.kind, struck.author, struck.date) == ("删除线", AUTHOR, DATE)
    assert outcome(content)[0] == ""
    assert outcome(content, accept=False) == (None, [])


def test_hidden_text_is_not_read_and_told() -> None:
    content = behind(run("内部意见：此项存疑", "<w:vanish/>"))
    assert outcome(content) == (None, [("隐藏文字", PAGE, "内部意见：此项存疑")])


MARKS = {
    "突出显示": '<w:highlight w:val="yellow"/>',
    "底纹": '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>',
    "红字": '<w:color w:val="FF0000"/>',
    "下划线": '<w:u w:val="wave"/>',
    "着重号": '<w:em w:val="dot"/>',
}
NO_MARKS = {
    "没有突出显示": '<w:highlight w:val="none"/>',
    "白色底纹": '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>',
    "没有底纹": '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
    "黑字": '<w:color w:val="000000"/>',
    "灰字": '<w:color w:val="333333"/>',
    "自动颜色": '<w:color w:val="auto"/>',
    "没有下划线": '<w:u w:val="none"/>',
}


@pytest.mark.parametrize("look", MARKS.values(), ids=MARKS)
def test_marked_text_is_read_and_told(look: str) -> None:
    content = looking(REASON, look)
    assert outcome(content) == (None, [("突出显示", PAGE, PRINTED)])


@pytest.mark.parametrize("look", NO_MARKS.values(), ids=NO_MARKS)
def test_ordinary_looks_are_no_marks(look: str) -> None:
    assert told(looking(REASON, look)) == []


def test_a_coloured_cell_and_a_coloured_paragraph_are_told() -> None:
    def shade(root: Element, tag: str) -> None:
        holder = next(controls(root, REASON)[0].iterancestors(word("tc" if tag == "tcPr" else "p")))
        holder.find(word(tag)).append(elements('<w:shd w:val="clear" w:fill="FFC000"/>')[0])  # type: ignore[union-attr]

    for tag in ("tcPr", "pPr"):
        content = edited(demo(), lambda root, tag=tag: shade(root, tag))  # type: ignore[misc]
        assert told(content) == [("突出显示", PAGE, PRINTED)]


def test_texts_outside_of_inputs_are_listed() -> None:
    above = edited(demo(), lambda root: write_above(root, "请王科长审核"))
    assert told(above) == [("填写项以外的文字", "表格上方", "请王科长审核")]
    assert told(below(f"<w:p>{run('审核意见：同意')}</w:p>")) == [
        ("填写项以外的文字", "表格下方", "审核意见：同意")
    ]


def write_above(root: Element, text: str) -> None:
    next(root.iter(word("tbl"))).addprevious(elements(f"<w:p>{run(text)}</w:p>")[0])


def test_a_page_behind_a_reference_and_an_inserted_document_are_told() -> None:
    assert told(below('<w:altChunk r:id="rId9"/>')) == [("嵌入的对象", "表格下方", "")]
    assert told(behind('<w:subDoc r:id="rId9"/>')) == [("嵌入的对象", PAGE, "")]


def test_a_picture_in_a_comment_is_told_with_its_author() -> None:
    comment = (
        f'<w:comments><w:comment w:id="0" w:author="{AUTHOR}" w:date="{DATE}"><w:p>{run("见图")}'
        f"{drawing('<pic:pic/>', 'picture')}</w:p></w:comment></w:comments>"
    )
    (found,) = changes_in(with_part(demo(), "comments.xml", "comments", comment)).unread
    assert (found.kind, found.place, found.author) == ("图片", f"{AUTHOR}的批注", AUTHOR)


def ticked(root: Element) -> None:
    """Tick another grade by hand."""
    for band, sign in (("优", "☐"), ("良", "☒")):
        box_of_it = next(sdt for sdt in root.iter(word("sdt")) if tag_of(sdt) == f"grade.{band}")
        texts(box_of_it)[0].text = sign


def tag_of(sdt: Element) -> str:
    tag = sdt.find(f"{word('sdtPr')}/{word('tag')}")
    return "" if tag is None else tag.get(word("val"), "")


def test_the_command_lists_what_was_not_read_and_warns(tmp_path: Path) -> None:
    file = tmp_path / "审阅.docx"
    file.write_bytes(behind(drawing(f"<wps:wsp><wps:txbx>{box(BOXED)}</wps:txbx></wps:wsp>")))
    plain = call("review", file, "--workbook", DEMO)
    assert plain.code == 0
    assert "未读取的内容" in plain.out and PAGE in plain.out and BOXED in plain.out
    data = json.loads(call("review", file, "--workbook", DEMO, "--json").out)
    wanted = {"kind": "文本框", "place": PAGE, "text": BOXED, "author": "", "date": ""}
    assert data["unread"] == [wanted]
    (problem,) = (p for p in data["problems"] if p["code"] == "unread_content")
    assert problem["severity"] == "warning" and "文本框 1 处" in problem["message"]


def test_changed_labels_and_ticks_are_refused_and_told_once(tmp_path: Path) -> None:
    def change(root: Element) -> None:
        ticked(root)
        next(text for text in texts(root) if text.text == "预算编制").text = "预算编制情况"

    file = tmp_path / "审阅.docx"
    file.write_bytes(edited(demo(unlocked=True), change))
    data = json.loads(call("review", file, "--workbook", DEMO, "--json").out)
    assert data["unread"] == []
    tick, label = data["refused"]
    assert (tick["code"], "☒良" in tick["after"]) == ("computed_edited", True)
    assert (label["code"], label["before"], label["after"]) == ("label_edited", "预算编制", "预算编制情况")
    plain = call("review", file, "--workbook", DEMO).out
    assert "未读取的内容" not in plain
    assert (
        plain.count("固定的文字由表的定义决定") == 2
    )  # the reason of the change, and the remedy of the problem
    assert data["after"]["grade"] == "优"


HOSTILE = {
    "两万段域代码": '<w:r><w:fldChar w:fldCharType="begin"/>'
    + "<w:instrText>EQ</w:instrText>" * 20_000
    + "</w:r>",
    "两万个划去的单字": run("划", "<w:strike/>") * 20_000,
    "层层相套的公式": "<m:oMath>"
    + "<m:box><m:e>" * 110
    + "<m:r><m:t>x</m:t></m:r>"
    + "</m:e></m:box>" * 110
    + "</m:oMath>",
    "层层相套的域": field("EQ " + r"\o(" * 200 + "x"),
    "很多括号": field("EQ " + r"\f(" * 300),
}


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE)
def test_what_asks_for_much_work_is_read_or_told_in_time(xml: str) -> None:
    content = behind(xml)
    with time_limit(20):
        assert any(outcome(content))


def test_a_word_file_read_as_an_input_tells_each_content_by_itself() -> None:
    picture = drawing("<pic:pic/>", "picture", 'descr="签字"')
    source = read_word_source(behind(picture + run("旧", "<w:strike/>")), "审阅.docx")
    told_there = [(p.code, p.message, str(p.place)) for p in source.reading_problems]
    assert told_there == [
        ("unread_content", "审阅稿中的图片“签字”没有读取", f"Word 文件：{PAGE}"),
        ("unread_content", "划了删除线的“旧”没有读取", f"Word 文件：{PAGE}"),
    ]


@pytest.mark.parametrize(
    ("typed", "told_text"),
    [
        ("见错误！未找到引用源。所列", "错误！未找到引用源。"),
        ("见Error: Reference source not found", "Error: Reference source not found"),
        ("见错误：引用源未找到", "错误：引用源未找到"),
        ("错误已改正，引用来源见附件。", ""),
    ],
)
def test_an_error_message_of_an_office_program_in_a_text_is_told(typed: str, told_text: str) -> None:
    path = "scores.spending_rate.reason"
    source = read_word_source(retype(demo(), {path: typed}), "审阅.docx")
    assert source.submission.score_entry("spending_rate").reason == typed
    told_there = [(p.code, p.path, p.value) for p in source.reading_problems]
    assert told_there == ([("office_error", path, told_text)] if told_text else [])
