"""With shortcuts or without them, the PDF is the same: byte for byte, and complaint for complaint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import weasyprint
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.forms_support import BOTH_FORMS, Example
from tests.review.generated import submission
from zhengti_zip import lay_out, render_pdf
from zhengti_zip.errors import RenderError
from zhengti_zip.render import shortcuts
from zhengti_zip.render.engine import render_html
from zhengti_zip.render.startup import import_weasyprint
from zhengti_zip.scoring import evaluate


@contextmanager
def none_installed() -> Iterator[None]:
    """WeasyPrint as it comes."""
    import_weasyprint()
    assert shortcuts._replaced, "they are in place otherwise"
    shortcuts.remove()
    try:
        yield
    finally:
        shortcuts.install()


def page(body: str, css: str = "") -> str:
    """A document like a form's, with what a test wants to see in it."""
    return (
        '<html lang="zh-CN"><head><title>标题</title><style>'
        'html { font-family: "Noto Serif SC", "Zhengti Symbols"; font-size: 9pt; line-height: 1.3 }'
        "body { font-kerning: none; font-variant-ligatures: none }"
        "table { width: 300pt; border-spacing: 0; table-layout: fixed }"
        f"td {{ white-space: pre; text-align: center; padding: 2pt }} {css}"
        f"</style></head><body>{body}</body></html>"
    )


def printed(html: str) -> bytes | str:
    """The PDF, or what was wrong."""
    try:
        return render_html(html, pdf_variant="pdf/a-3a", pdf_identifier=b"0" * 16)
    except RenderError as error:
        return error.message


def assert_same(html: str) -> bytes | str:
    """Print a document both ways; returns what it came to."""
    quick = printed(html)
    with none_installed():
        assert printed(html) == quick
    return quick


def plain_lines(html: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines of a document take the shorter way."""
    from zhengti_zip.render.shortcuts.lines import Setter

    import_weasyprint()
    found: list[str] = []
    set_line = Setter.set_line

    def counted(self: Setter, box: object, text: str) -> object:
        found.append(text)
        return set_line(self, box, text)

    monkeypatch.setattr(Setter, "set_line", counted)
    printed(html)
    monkeypatch.undo()
    return len(found)


@pytest.mark.slow
@BOTH_FORMS
@pytest.mark.parametrize("seed", range(6))
def test_generated_forms_are_the_same(example: Example, seed: int) -> None:
    entered = submission(example.form, seed)
    table = replace(
        lay_out(example.form, entered, evaluate(example.form, entered)), page_numbers=bool(seed % 2)
    )
    quick = render_pdf(table, draft=True)
    with none_installed():
        assert render_pdf(table, draft=True) == quick


@BOTH_FORMS
def test_nearly_all_lines_of_a_form_take_the_shorter_way(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengti_zip.render.html import page_html
    from zhengti_zip.render.pagination import paginate

    pages = paginate(example.table)
    printed_lines = sum(len(cell.lines) for part in pages for cell in part.cells)
    taken = plain_lines(page_html(example.table, pages), monkeypatch)
    assert 0.9 * printed_lines < taken <= printed_lines + 3


@pytest.mark.parametrize(
    "text",
    [
        "一行",
        "一行\n两行\n三行",
        " 前后有空格 \n  ",
        "Latin 123，混排 4.5%\n（括号）“引号”…—",
        "\n先空一行",
        "末尾空行\n",
        "中间\n\n空行",
        "制表\t符",
        "换页\f与\v竖向",
        "行分隔\u2028段分隔\u2029完",
        "下一行\x85字符",
        "零宽\u200b与\u00ad软连字符\ufeff",
        "e\u0301 组合 Å",
        "☑是 ☐否",
        "没有的字：\U0001f600",
        "从右到左 אבג",
        "a" * 400,
    ],
)
def test_any_text_is_the_same(text: str) -> None:
    assert_same(page(f"<table><tr><td>{text}</td><td>邻格</td></tr></table>"))


PIECES = st.sampled_from(
    ["预算", "执行率", "12.5", "%", "Ab", "fi", " ", "　", "\n", "（", "）", "☑", "〓", "\u3000", "—"]
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=25).map("".join), min_size=1, max_size=6))
def test_any_table_is_the_same(texts: list[str]) -> None:
    cells = "".join(f"<td>{text}</td>" for text in texts)
    assert_same(page(f"<table><tr>{cells}</tr></table>", "td { font-size: 7.3pt; line-height: 1.17 }"))


STYLES = {
    "text-align: left": True,
    "text-align: right": True,
    "text-align: justify": True,
    "font-weight: bold; color: #345": True,
    "font-kerning: normal": True,
    "vertical-align: bottom": True,
    "visibility: hidden": False,
    "white-space: normal": False,
    "white-space: pre-wrap": False,
    "letter-spacing: 1pt": False,
    "word-spacing: 2pt": False,
    "text-decoration: underline": False,
    "direction: rtl": False,
    "text-indent: 2em": False,
    "overflow-wrap: anywhere": False,
    "overflow: hidden; text-overflow: ellipsis": False,
    "max-lines: 1; block-ellipsis: auto": False,
}


@pytest.mark.parametrize(("style", "is_plain"), STYLES.items(), ids=STYLES)
def test_any_style_is_the_same(style: str, is_plain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "一 行比较长的文字 with words\n两行"
    html = page(f"<table><tr><td>{text}</td></tr></table>", f"td {{ {style} }}")
    assert isinstance(assert_same(html), bytes)
    assert plain_lines(html, monkeypatch) == (2 if is_plain else 0)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="white-space: pre">段落<b>粗体</b>之后\n<span style="line-height: 0">☑</span>末行</p>',
        '<p style="white-space: pre"><a href="#x">链接</a></p><h1 id="x">书签</h1>',
        '<div style="float: left">浮动</div><p style="white-space: pre">绕排\n两行\n三行</p>',
        '<div style="display: flex"><span>甲</span><span style="flex: 1">乙\n丙</span></div>',
        '<div style="display: grid"><span>甲</span><span>乙\n丙</span></div>',
        '<div style="columns: 2; white-space: pre">一\n二\n三\n四\n五</div>',
        '<div style="white-space: pre; orphans: 3; widows: 3">' + "一行\n" * 200 + "末行</div>",
        '<p style="white-space: pre; position: relative; transform: rotate(3deg); opacity: 0.5">转动\n半透明</p>',
        '<style>p::first-letter { font-size: 2em } p::first-line { color: red }</style><p style="white-space: pre">首字\n次行',
        '<table style="border-collapse: collapse"><tr><td style="border: 1pt solid; width: 20%">合并</td>'
        '<td style="border: 3pt solid">边框</td></tr></table>',
        '<table style="width: 50%"><tr><td style="padding: 5%; height: 10%; background: #eee; border-radius: 3pt">百分比',
    ],
)
def test_any_layout_is_the_same(body: str) -> None:
    assert isinstance(assert_same(page(body)), bytes)


def test_other_versions_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with none_installed():
        monkeypatch.setattr(weasyprint, "__version__", "70.1")
        shortcuts.install()
        assert not shortcuts._replaced
        monkeypatch.undo()
    assert shortcuts._replaced


def test_the_version_in_use_was_tested() -> None:
    assert weasyprint.__version__ in shortcuts.TESTED, "add it, if the tests of this file pass with it"


def test_what_was_replaced_is_put_back() -> None:
    from weasyprint.layout import block, percent

    import_weasyprint()
    assert percent.resolve_percentages.__module__.startswith("zhengti_zip.")
    with none_installed():
        for module in (block, percent):
            assert module.resolve_percentages.__module__ == "weasyprint.layout.percent"


def test_arrays_and_sets_of_glyphs_are_what_they_were() -> None:
    from weasyprint.text.ffi import ffi, harfbuzz

    import_weasyprint()
    from weasyprint.pdf import fonts

    for kind, content in (
        ("hb_codepoint_t[3]", (5, 6, 8)),
        ("hb_codepoint_t[4]", (5, 6, 8)),
        ("int[2]", [1, 2]),
    ):
        quick, plain = fonts.ffi.new(kind, content), ffi.new(kind, content)
        assert list(quick) == list(plain), "also where the type is longer than what is put into it"
    assert fonts.ffi.NULL == ffi.NULL, "all else is cffi's own"
    assert fonts.ffi.new("hb_codepoint_t[4]", (5, 6, 7, 8)) == range(5, 9), "nothing is left out"
    assert fonts.harfbuzz.hb_version_atleast(4, 1, 0) == harfbuzz.hb_version_atleast(4, 1, 0)


@BOTH_FORMS
def test_fonts_are_cut_down_to_the_same_glyphs(example: Example) -> None:
    quick = render_pdf(example.table)
    with none_installed():
        assert render_pdf(example.table) == quick
    resources: list[Any] = [page["/Resources"] for page in PdfReader(BytesIO(quick)).pages]
    fonts = [font["/DescendantFonts"][0] for found in resources for font in found["/Font"].values()]
    files = {font["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts}
    assert files
    for content in files:
        cut = TTFont(BytesIO(content))
        drawn = [glyph for glyph in cut["glyf"].glyphs.values() if len(getattr(glyph, "data", b"") or b"")]
        assert 0 < len(drawn) < 1000, "not the whole font"
