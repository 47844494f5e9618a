"""Paths of outputs: the folders of the inputs mirrored, every name safe, none used twice."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhengti_zip.batch.places import LONGEST_STEM, output_stems
from zhengti_zip.batch.task import ENDINGS

CASES = [
    (["甲.xlsx", "街道/乙.json"], ["甲", "街道/乙"]),
    (["甲.xlsx", "甲.json"], ["甲.xlsx", "甲.json"]),
    (["街道/甲.xlsx", "甲.json"], ["街道/甲", "甲"]),
    (["A.xlsx", "a.json"], ["A.xlsx", "a.json"]),
    (["甲.2022.xlsx"], ["甲.2022"]),
    (["../../甲.xlsx"], ["甲"]),
    (["/etc/甲.xlsx"], ["etc/甲"]),
    (["C:\\填报\\甲.xlsx"], ["填报/甲"]),
    (["CON.xlsx"], ["_CON"]),
    (["甲?.xlsx"], ["甲_"]),
    (["汇总表.xlsx"], ["汇总表.xlsx"]),
    (["汇总表.xlsx/甲.json", "乙.json"], ["_汇总表.xlsx/甲", "乙"]),
    (["汇总报告.PDF/街道/甲.json"], ["_汇总报告.PDF/街道/甲"]),
    (["汇总表-haizhu-2022.xlsx/甲.json"], ["_汇总表-haizhu-2022.xlsx/甲"]),
    (["街道/汇总表.xlsx/甲.json"], ["街道/汇总表.xlsx/甲"]),
    ([".zhengti-batch.sqlite/甲.json"], ["zhengti-batch.sqlite/甲"]),
    (["甲.json", "甲.pdf/乙.json"], ["甲.json", "甲.pdf/乙"]),
    (["甲.json", "甲.DOCX/乙.json"], ["甲.json", "甲.DOCX/乙"]),
    (["甲.json", "甲-标注.xlsx/丙/乙.json"], ["甲.json", "甲-标注.xlsx/丙/乙"]),
    (["街道/\u00e9.json", "街道/E\u0301.pdf/乙.json"], ["街道/\u00e9.json", "街道/\u00c9.pdf/乙"]),
]


@pytest.mark.parametrize(("names", "stems"), CASES, ids=[names[0] for names, _ in CASES])
def test_the_stems_of_inputs(names: list[str], stems: list[str]) -> None:
    assert output_stems(names) == stems


def test_safe_names_that_are_equal_get_a_digest() -> None:
    one, other = output_stems(["甲?.xlsx", "甲*.xlsx"])
    assert one.startswith("甲_.xlsx~") and other.startswith("甲_.xlsx~") and one != other


def test_a_very_long_name_leaves_room_for_every_ending() -> None:
    (stem,) = output_stems(["局" * 90 + ".xlsx"])
    assert len(stem.encode("utf-8")) <= LONGEST_STEM
    assert all(len((stem + ending).encode("utf-8")) <= 255 for ending in ENDINGS)


def test_the_stems_do_not_depend_on_the_order() -> None:
    names = ["甲.xlsx", "甲.json", "乙.xlsx", "乙/甲.xlsx", "丙?.json", "丙*.json"]
    names += [
        "丁.json",
        "丁.pdf/乙.json",
        "丁.json.docx/乙.json",
        "汇总表.xlsx/甲.json",
        "_汇总表.xlsx/甲.json",
    ]
    wanted = dict(zip(names, output_stems(names), strict=True))
    for seed in range(5):
        mixed = random.Random(seed).sample(names, len(names))
        assert dict(zip(mixed, output_stems(mixed), strict=True)) == wanted


def test_folders_with_the_next_names_of_an_input() -> None:
    names = ["甲.json"]
    for _ in range(5):
        stem = output_stems(names)[0]
        names.append(f"{stem}.pdf/乙.json")
    stems = output_stems(names)
    assert stems[1:] == [name.removesuffix(".json") for name in names[1:]], "folders stay"
    assert stems[0].startswith("甲.json~") and unlike(stems)


def unlike(stems: list[str]) -> bool:
    """Whether all outputs and folders can exist together, also where case and Unicode form are ignored."""
    outputs = [folded(stem + ending) for stem in stems for ending in ENDINGS]
    folders = {"/".join(stem.split("/")[:depth]) for stem in stems for depth in range(1, stem.count("/") + 1)}
    sums = {
        "汇总表.xlsx",
        "汇总报告.pdf",
        "汇总表-haizhu-2022.xlsx",
        "汇总报告-haizhu-2022.pdf",
        "汇总表-未识别.xlsx",
    }
    taken = {*outputs, *sums}
    return len(taken) == len(outputs) + len(sums) and taken.isdisjoint(map(folded, folders))


def folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


SUMS = ("汇总表", "汇总表.xlsx", "汇总报告-haizhu-2022", "汇总报告.pdf", "汇总表-未识别.xlsx")
OUTPUTS = ("甲", "甲.pdf", "甲.PDF", "甲.json", "甲.json.docx", "甲-标注.xlsx", "\u00e9.pdf", "e\u0301")
PARTS = st.sampled_from([*SUMS, *OUTPUTS, ".zhengti-batch.sqlite"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join) | st.text(min_size=1, max_size=30)


@given(st.lists(PATHS, unique=True, min_size=1, max_size=12), st.sampled_from([".json", ".xlsx", ""]))
@example(["汇总表-标注"], "")
def test_no_output_path_is_used_twice_or_leaves_the_folder(names: list[str], suffix: str) -> None:
    stems = output_stems([f"{name}{suffix}" for name in names])
    assert unlike(stems)
    for stem in stems:
        assert not stem.startswith("/") and ".." not in stem.split("/")
