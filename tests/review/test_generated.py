"""A generated Word file without an edit has no change; random edits are all found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from random import Random

import pytest
from lxml import etree

from tests.forms_support import fictional
from tests.review.generated import submission, text
from tests.review.wordlike import DOCUMENT, Element, edited, parts_of, retype, unwrap
from zhengti_zip import evaluate, lay_out, load_form, render_docx
from zhengti_zip.base.answers import is_dash
from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.review.baseline import Baseline
from zhengti_zip.review.document import read_document
from zhengti_zip.review.document_changes import DocumentChanges, find_changes
from zhengti_zip.review.embedded import embedded_submission
from zhengti_zip.review.wordfile import word
from zhengti_zip.submission.model import Submission
from zhengti_zip.submission.paths import GOALS
from zhengti_zip.submission.values import clean_text

pytestmark = pytest.mark.slow

LONG = bool(os.environ.get("ZHENGTI_LONG"))
SEEDS = 1000 if LONG else 100
"""For the forms with most texts; the others are tried with a part of them."""

FORMS = (
    "haizhu-2022",
    "fictional-2031",
    "project-national",
    "department-general",
    "sichuan-project-2023",
    "fixed-standards",
)


def word_file(form: FormDefinition, entered: Submission) -> bytes:
    return render_docx(lay_out(form, entered, evaluate(form, entered)), data=entered.to_json())


def reviewed(content: bytes, form: FormDefinition) -> DocumentChanges:
    read = read_document(content, "审阅.docx")
    found = embedded_submission(read, form)
    assert found
    return find_changes(read, Baseline(*found))


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> FormDefinition:
    return fictional() if request.param == "fictional-2031" else load_form(request.param)


def test_a_file_without_edits_has_no_change(form: FormDefinition) -> None:
    for seed in range(SEEDS if form.id in FORMS[:2] else SEEDS // 3):
        entered = submission(form, seed)
        content = word_file(form, entered)
        found = reviewed(content, form)
        assert (seed, found.edits, found.problems, found.found.altered) == (seed, [], [], [])
        assert (seed, found.orders, found.unread) == (seed, {}, [])
        assert found.baseline.submission == entered


def without_controls(root: Element) -> None:
    for sdt in reversed(list(root.iter(word("sdt")))):
        unwrap(sdt)


def test_a_file_without_edits_and_controls_has_no_change(form: FormDefinition) -> None:
    for seed in range(SEEDS // 10):
        found = reviewed(edited(word_file(form, submission(form, seed)), without_controls), form)
        assert (seed, found.edits, found.problems, found.found.altered) == (seed, [], [], [])
        assert found.orders == {}


def test_random_edits_are_found_and_nothing_else(form: FormDefinition) -> None:
    for seed in range(SEEDS // 10):
        entered = submission(form, seed)
        content, chance = word_file(form, entered), Random(seed)
        printed = list(printed_texts(content, form))
        wanted = {path: typed(chance) for path in chance.sample(printed, min(5, len(printed)))}
        found = reviewed(retype(content, wanted), form)
        assert (seed, {edit.path: edit.after for edit in found.edits}) == (seed, wanted)
        assert found.problems == []


def printed_texts(content: bytes, form: FormDefinition) -> Iterator[str]:
    """The paths of texts that a reviewer can retype as a whole: printed once, not divided by a page break."""
    found = reviewed(content, form)
    pages = [part.path for row in found.baseline.rows for cell in row for part in cell.parts]
    for seen in found.found.inputs:
        is_text = seen.path.group == GOALS or seen.path.part in ("reason", "improvement")
        if is_text and pages.count(seen.path) == 1:
            yield seen.path


def typed(chance: Random) -> str:
    """A random text that is not empty and differs from every generated one."""
    words = clean_text(f"改：{text(chance)}")
    assert not is_dash(words)
    return words


def test_the_test_helpers_change_the_file() -> None:
    """Without this the tests above could pass on unchanged files."""
    known = load_form("haizhu-2022")
    content = word_file(known, submission(known, 3))
    changed = etree.fromstring(parts_of(edited(content, without_controls))[DOCUMENT])
    assert not list(changed.iter(word("sdt"))) and len(list(changed.iter(word("t")))) > 100
    assert list(etree.fromstring(parts_of(content)[DOCUMENT]).iter(word("sdt")))
