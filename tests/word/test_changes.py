"""Tracked changes: accepted they give the new form, rejected the previous one; also in LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import source, table
from tests.word.reviewer import ACCEPT, REJECT, W, body, cells, settle, settled
from tests.workbook.tools import convert, needs_libreoffice
from zhengti_zip import build
from zhengti_zip.base.originals import EPOCH_VARIABLE
from zhengti_zip.base.xmltext import legal_text
from zhengti_zip.grid.examine import examine
from zhengti_zip.printing.options import PrintOptions
from zhengti_zip.submission.source import Source
from zhengti_zip.word.changes import AUTHOR, TrackedChanges, paragraph_marks, tracked_runs
from zhengti_zip.word.content import DELETED, INSERTED, RunGroup, WordPage, WordParagraph
from zhengti_zip.word.document import main_part
from zhengti_zip.word.previous import paragraph_pairs

texts = st.text(max_size=12) | st.lists(
    st.sampled_from(
        [
            "完成",
            "12",
            "1,297.5",
            "。",
            "\n",
            "👨\u200d👩\u200d👧",
            "שלום",
            "\u202e",
            "e\u0301",
            "\x0b",
            "\ud800",
            "<w:t>",
            "&amp;",
            " ",
            "\t",
        ]
    ),
    max_size=12,
).map("".join)
paragraphs = st.lists(
    st.text("甲乙丙", max_size=3) | texts.map(lambda text: text.replace("\n", "")), max_size=5
)


FORM = table()


def written(*paragraphs: WordParagraph) -> etree._Element:
    """The body of a file with these paragraphs."""
    body = etree.fromstring(main_part(FORM, [0], [WordPage(paragraphs, (), None)]))[0]
    for other in list(body)[len(paragraphs) :]:
        body.remove(other)
    return body


def tracked_paragraphs(
    before: Sequence[str], after: Sequence[str], revisions: TrackedChanges
) -> etree._Element:
    """The paragraphs of a changed cell."""
    changes = paragraph_pairs(before, after)
    return written(
        *(
            WordParagraph(
                "Text",
                (RunGroup(tracked_runs(was or "", now or "", revisions)),),
                revisions.change(mark) if mark else None,
            )
            for (was, now), mark in zip(changes, paragraph_marks(changes), strict=True)
        )
    )


@given(texts, texts)
def test_runs_accepted_are_the_new_text_and_rejected_the_previous_one(before: str, after: str) -> None:
    root = written(WordParagraph("Text", (RunGroup(tracked_runs(before, after, TrackedChanges())),)))
    assert settled(root, ACCEPT) == [legal_text(after)]
    assert settled(root, REJECT) == [legal_text(before)]


@given(paragraphs, paragraphs)
def test_paragraphs_accepted_are_the_new_ones_and_rejected_the_previous_ones(
    before: list[str], after: list[str]
) -> None:
    root = tracked_paragraphs(before, after, TrackedChanges())
    assert settled(root, ACCEPT) == ([legal_text(text) for text in after] or [""])
    assert settled(root, REJECT) == ([legal_text(text) for text in before] or [""])


@given(paragraphs, paragraphs)
def test_every_change_has_a_unique_number_and_the_author(before: list[str], after: list[str]) -> None:
    revisions = TrackedChanges()
    root = tracked_paragraphs(before, after, revisions)
    marks = [*root.iter(f"{W}ins", f"{W}del")]
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks) == revisions.count
    assert {mark.get(f"{W}author") for mark in marks} <= {AUTHOR}


MARKS: dict[str, tuple[Sequence[str], Sequence[str], list[str]]] = {
    "没有变": (["甲一", "乙二"], ["甲一", "乙二"], ["", ""]),
    "中间插入": (["甲一", "乙二"], ["甲一", "丙三", "乙二"], ["", INSERTED, ""]),
    "末尾插入": (["甲一"], ["甲一", "丙三"], [INSERTED, ""]),
    "最前删除": (["丙三", "甲一"], ["甲一"], [DELETED, ""]),
    "末尾删除": (["甲一", "丙三"], ["甲一"], [DELETED, ""]),
    "全部重写": (["甲一"], ["丙三", "丁四"], [INSERTED, ""]),
    "空格子里填了两段": ([], ["甲一", "乙二"], [INSERTED, ""]),
    "清空": (["甲一", "乙二"], [], [DELETED, ""]),
}


@pytest.mark.parametrize(("before", "after", "marks"), MARKS.values(), ids=MARKS)
def test_the_end_of_the_last_paragraph_of_a_cell_is_never_marked(
    before: Sequence[str], after: Sequence[str], marks: list[str]
) -> None:
    assert paragraph_marks(paragraph_pairs(before, after)) == marks


def test_a_changed_number_is_shown_whole() -> None:
    content = tracked_runs("全年1,297.59万元", "全年1,297.60万元", TrackedChanges())
    assert [(run.lines, run.change.kind if run.change else "") for run in content] == [
        (["全年"], ""),
        (["1,297.59"], DELETED),
        (["1,297.60"], INSERTED),
        (["万元"], ""),
    ]


def test_changes_have_a_date_only_if_one_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EPOCH_VARIABLE, raising=False)
    assert [mark.get(f"{W}date") for mark in changed_runs()] == [None, None]
    monkeypatch.setenv(EPOCH_VARIABLE, "1700000000")
    assert [mark.get(f"{W}date") for mark in changed_runs()] == ["2023-11-14T22:13:20Z"] * 2


def changed_runs() -> list[etree._Element]:
    root = written(WordParagraph("Text", (RunGroup(tracked_runs("甲", "乙", TrackedChanges())),)))
    return [*root.iter(f"{W}ins", f"{W}del")]


# The whole form.

EARLIER = {
    "goals": [
        {"goal": "完成年度工作计划。", "completion": "已全部完成。\n其中重点工作12项。"},
        {"goal": "加强预算管理。", "completion": "支出率94.2%。"},
        {"goal": "开展群众满意度调查。", "completion": "满意度92%。"},
    ],
    "scores.spending_rate.score": "9",
    "scores.spending_rate.reason": "年中追加预算。",
    "scores.spending_rate.improvement": "加强用款计划。",
}
NOW = {
    "fields.department": "海珠区文化局",
    "goals": [
        {"goal": "完成年度工作计划。", "completion": "已全部完成。\n其中重点工作13项。\n另有2项提前完成。"},
        {"goal": "新建图书馆一座。", "completion": "主体结构封顶。"},
        {"goal": "开展群众满意度调查。", "completion": "满意度95%。"},
    ],
    "budget.total": "1297.58",
    "budget.basic": "1155.11",
    "scores.spending_rate.score": "8.5",
    "scores.spending_rate.reason": "",
    "scores.spending_rate.improvement": "加强用款计划，按月通报。",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The previous form, the present one, and the present one compared with the previous one."""
    folder = tmp_path_factory.mktemp("对比")
    earlier, now = source(EARLIER), source(NOW)
    return {
        "earlier": word_file(earlier, folder, "earlier"),
        "now": word_file(now, folder, "now"),
        "compared": word_file(now, folder, "compared", earlier),
    }


def word_file(read: Source, folder: Path, stem: str, compare: Source | None = None) -> Path:
    return build(examine(read), folder, stem, PrintOptions(pdf=False, draft=True, compare=compare))[0]


def test_the_form_accepted_is_the_new_one_and_rejected_the_previous_one(files: dict[str, Path]) -> None:
    compared = body(files["compared"])
    assert cells(compared, ACCEPT) == cells(body(files["now"]))
    assert cells(compared, REJECT) == cells(body(files["earlier"]))


def test_only_what_differs_is_marked(files: dict[str, Path]) -> None:
    root = body(files["compared"])
    removed = ["".join(map(str, mark.itertext())) for mark in root.iter(f"{W}del")]
    added = ["".join(map(str, mark.itertext())) for mark in root.iter(f"{W}ins")]
    assert {"教育", "12", "1,297.59", "9", "92%", "99"} <= set(removed)
    assert {"文化", "13", "1,297.58", "8.5", "95%", "98.5", "，按月通报", "另有2项提前完成。"} <= set(added)
    assert len([text for text in removed if text]) < 16
    ids = [mark.get(f"{W}id") for mark in root.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


def test_a_form_compared_with_itself_has_no_changes(tmp_path: Path) -> None:
    same = source(EARLIER)
    plain = word_file(same, tmp_path, "一次").read_bytes()
    assert word_file(same, tmp_path, "再次", same).read_bytes() == plain


def test_the_same_comparison_gives_the_same_bytes(files: dict[str, Path], tmp_path: Path) -> None:
    again = word_file(source(NOW), tmp_path, "compared", source(EARLIER))
    assert again.read_bytes() == files["compared"].read_bytes()


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_accepts_and_rejects_to_the_same_texts(files: dict[str, Path], tmp_path: Path) -> None:
    for command, name in ((ACCEPT, "now"), (REJECT, "earlier")):
        done = body(settle(files["compared"], tmp_path, command))
        assert not [*done.iter(f"{W}ins", f"{W}del")]
        assert cells(done) == cells(body(files[name]))


@pytest.mark.slow
@needs_libreoffice
def test_libreoffice_prints_the_changes_in_colour(files: dict[str, Path], tmp_path: Path) -> None:
    pdfs = convert([files["now"], files["compared"]], tmp_path, "pdf")
    plain, compared = (coloured(pdf.read_bytes()) for pdf in pdfs)
    assert plain == 0
    assert compared > 500


def coloured(pdf: bytes) -> int:
    """How many pixels of the first page are coloured."""
    with pypdfium2.PdfDocument(pdf) as document:
        pixels = document[0].render(scale=1).to_pil().convert("RGB").tobytes()
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(max(triple) - min(triple) > 60 for triple in triples)
