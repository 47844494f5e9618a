"""The short form for archives: what a batch makes of hostile ones before it works on anything, and one batch.

A batch takes seconds; many of them are in the long run only (:mod:`tests.fuzz.long_run`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import archives
from tests.fuzz.archives import KINDS, put_together
from tests.fuzz.files import Hostile
from tests.fuzz.names import FILE_NAMES, NAMES, PAIRS
from tests.fuzz.trying import INPUTS, LOG, OUTPUT, Arguments, batch_judged, trials
from tests.support import time_limit
from zhengti_zip.base.errors import InputError
from zhengti_zip.batch.intake import take_in

pytestmark = pytest.mark.slow

EXAMPLES = 3
SUMS = (("汇总表", ".xlsx"), ("汇总报告", ".pdf"))


def taken_in(case: Hostile) -> None:
    """Look for the inputs in an archive, read each, and want every output at a place of its own inside."""
    with TemporaryDirectory() as scratch, time_limit(20):
        file, output = Path(scratch) / f"部门{case.suffix}", Path(scratch) / "出"
        file.write_bytes(case.content)
        items = take_in([file], output).items
        assert len({item.name for item in items}) == len(items)
        assert not in_the_way([item.stem for item in items])
        for item in items:
            assert (output / f"{item.stem}-标注.xlsx").resolve().is_relative_to(output.resolve())
            assert all(len(part.encode("utf-8")) < 255 for part in Path(item.stem).parts)
            try:
                assert item.read()
            except InputError as error:
                assert error.message and error.remedy


def in_the_way(stems: Sequence[str]) -> set[str]:
    """Places used twice, or as a file and as a folder, or for a summary, on a system that tells few names apart."""
    outputs = [folded(stem + ending) for stem in stems for ending in (".pdf", ".docx", "-标注.xlsx")]
    folders = {folded(str(folder)) for stem in stems for folder in PurePosixPath(stem).parents}
    sums = [f"{name}{mark}{suffix}" for name, suffix in SUMS for mark in ("", "-haizhu-2022", "-未识别")]
    counted = Counter([*outputs, *sums])
    return {place for place, count in counted.items() if count > 1} | folders.intersection(counted)


def folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=EXAMPLES)
@given(chance=st.randoms(use_true_random=False))
def test_hostile_archives_are_looked_into(kind: str, chance: Random) -> None:
    taken_in(KINDS[kind](chance))


def test_every_name_has_a_place_inside_the_output_folder() -> None:
    names = [*NAMES, *(name for names in PAIRS for name in names)]
    for encoding, flags in (("utf-8", archives.UTF_8), ("utf-8", 0), ("gb18030", 0)):
        members = [archives.Member(name.encode(encoding), b"{}", flags) for name in names]
        taken_in(Hostile("names", ".zip", put_together(members)))


def test_a_batch_prints_the_good_files_beside_hostile_ones() -> None:
    chance = Random(1)
    cases = (KINDS["archive-names"](Random(seed)) for seed in range(9))
    case = next(case for case in cases if case.required)
    for arguments, verdict in trials(case, chance, as_batch=True):
        assert not verdict.fault, (arguments, verdict.fault)


@pytest.mark.parametrize("name", FILE_NAMES[1:], ids=ascii)
def test_a_batch_prints_what_is_in_a_folder_of_any_name(name: str) -> None:
    case = Hostile("folder", ".json", archives.data_of(archives.NAMED), (digest_of(archives.NAMED),))
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / INPUTS / name
        folder.mkdir(parents=True)
        (folder / f"{name}.json").write_bytes(case.content)
        good = folder.parent / archives.SOUND_NAME
        good.write_bytes(archives.data_of(archives.BESIDE))
        arguments: Arguments = [
            "batch",
            good.parent,
            "-o",
            Path(scratch) / OUTPUT,
            "--docx",
            "--workers",
            "1",
        ]
        arguments += ["--log-file", Path(scratch) / LOG]
        verdict = batch_judged(arguments, Path(scratch), {*case.required, digest_of(archives.BESIDE)})
        assert not verdict.fault


def digest_of(number: int) -> str:
    return sha256(archives.data_of(number)).hexdigest()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", KINDS)
def test_archives_differ_and_a_seed_gives_the_same_again(kind: str) -> None:
    made = [KINDS[kind](Random(seed)).content for seed in range(5)]
    assert made == [KINDS[kind](Random(seed)).content for seed in range(5)]
    assert len(set(made)) > 2
