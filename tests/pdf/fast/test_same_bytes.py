"""With the gate open or shut, the PDF is the same byte for byte, and so are the complaints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.forms_support import EVERY_FORM, ROOT, Example
from tests.grid.stress import CASES
from tests.review.generated import submission
from zhengti_zip import lay_out, read, render_pdf
from zhengti_zip.base.errors import RenderError
from zhengti_zip.base.originals import Attachment
from zhengti_zip.grid.examine import examine
from zhengti_zip.grid.table import FormTable
from zhengti_zip.pdf import fast
from zhengti_zip.pdf.engine import render_html
from zhengti_zip.pdf.worksheet import worksheet_pdf
from zhengti_zip.printing.build import attachments
from zhengti_zip.scoring.evaluation import evaluate
from zhengti_zip.scoring.explanation import explain


@contextmanager
def gate(is_open: bool) -> Iterator[None]:
    """The gate as wanted, whatever the environment of the test run says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(fast.PLAIN, "" if is_open else "1")
        assert fast.is_open() == is_open
        yield


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
    with gate(True):
        quick = printed(html)
    with gate(False):
        assert printed(html) == quick
    return quick


def assert_same_form(table: FormTable, draft: bool = False, kept: Sequence[Attachment] = ()) -> bytes:
    """Print a form both ways."""
    with gate(True):
        quick = render_pdf(table, draft, kept)
    with gate(False):
        assert render_pdf(table, draft, kept) == quick
    return quick


def plain_lines(html: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines of a document take the shorter way."""
    from zhengti_zip.pdf.fast.lines import Setter

    found: list[str] = []
    set_line = Setter.set_line

    def counted(self: Setter, box: object, text: str) -> object:
        found.append(text)
        return set_line(self, box, text)

    monkeypatch.setattr(Setter, "set_line", counted)
    with gate(True):
        printed(html)
    monkeypatch.undo()
    return len(found)


@pytest.mark.slow
@EVERY_FORM
@pytest.mark.parametrize("seed", range(6))
def test_generated_forms_are_the_same(example: Example, seed: int) -> None:
    entered = submission(example.form, seed)
    table = lay_out(example.form, entered, evaluate(example.form, entered))
    assert_same_form(replace(table, page_numbers=bool(seed % 2)), draft=True)


@pytest.mark.parametrize("sample", ["haizhu-2022.xlsx", "demo-2022.xlsx", "haizhu-2022.json"])
def test_samples_are_the_same(sample: str) -> None:
    source = read(ROOT / "samples" / sample)
    evaluation = examine(source).evaluation
    table = lay_out(source.form, source.submission, evaluation)
    assert_same_form(table, kept=attachments(examine(source)))


@pytest.mark.parametrize("case", CASES)
def test_hard_cases_are_the_same(case: str) -> None:
    assert_same_form(CASES[case]())


def test_the_report_of_a_worksheet_is_the_same() -> None:
    found = explain(read(ROOT / "samples" / "demo-2022.json"))
    with gate(True):
        quick = worksheet_pdf(found)
    with gate(False):
        assert worksheet_pdf(found) == quick


@EVERY_FORM
def test_nearly_all_lines_of_a_form_take_the_shorter_way(
    example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengti_zip.grid.pagination import paginate
    from zhengti_zip.pdf.html import page_html

    pages = paginate(example.table)
    printed_lines = sum(len(cell.lines) for part in pages for cell in part.cells)
    taken = plain_lines(page_html(example.table, pages), monkeypatch)
    outside = 2 * len(example.table.outside)  # a label and a value each
    assert 0.9 * printed_lines < taken <= printed_lines + outside + 3


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


@EVERY_FORM
def test_fonts_are_cut_down_to_the_same_glyphs(example: Example) -> None:
    quick = assert_same_form(example.table)
    resources: list[Any] = [page["/Resources"] for page in PdfReader(BytesIO(quick)).pages]
    fonts = [font["/DescendantFonts"][0] for found in resources for font in found["/Font"].values()]
    files = {font["/FontDescriptor"]["/FontFile2"].get_data() for font in fonts}
    assert files
    for content in files:
        cut = TTFont(BytesIO(content))
        drawn = [glyph for glyph in cut["glyf"].glyphs.values() if len(getattr(glyph, "data", b"") or b"")]
        assert 0 < len(drawn) < 1000, "not the whole font"
