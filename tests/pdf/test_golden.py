"""Every page as a picture, held against the picture somebody looked at.

After a change that is meant: ``ZHENGTI_UPDATE_GOLDEN=1 pytest tests/pdf/test_golden.py``, look at
the new pictures in tests/pdf/golden and commit them. On failure both pictures are in out/golden.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.grid.stress import CASES
from zhengti_zip import render_pdf
from zhengti_zip.pdf.preview import page_pictures

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
FAILED = HERE.parents[1] / "out" / "golden"
DPI = {"long-goals": 36}
TOLERANCE = 0.002
"""Share of pixels that may differ by more than half; the smoothing of letters differs a little."""


def pictures(case: str) -> list[Image.Image]:
    pngs = page_pictures(render_pdf(CASES[case]()), DPI.get(case, 60))
    return [Image.open(BytesIO(png)).convert("L") for png in pngs]


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of pixels that differ by more than half after a little blurring; 1 for other sizes."""
    if one.size != other.size:
        return 1.0
    soft = [picture.filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    histogram = ImageChops.difference(*soft).histogram()
    return sum(histogram[64:]) / (one.width * one.height)


@pytest.mark.parametrize("case", CASES)
def test_pages_look_as_they_did(case: str) -> None:
    found = pictures(case)
    if os.environ.get("ZHENGTI_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob(f"{case}-*.png"):
            old.unlink()
        for number, picture in enumerate(found, start=1):
            picture.quantize(8).save(GOLDEN / f"{case}-{number:02}.png", optimize=True)
        pytest.skip("pictures written")
    expected = sorted(GOLDEN.glob(f"{case}-*.png"))
    assert len(found) == len(expected)
    for picture, file in zip(found, expected, strict=True):
        golden = Image.open(file).convert("L")
        if (share := difference(picture, golden)) > TOLERANCE:
            FAILED.mkdir(parents=True, exist_ok=True)
            picture.save(FAILED / file.name)
            golden.save(FAILED / f"expected-{file.name}")
            pytest.fail(f"{file.name}: {share:.2%} of the pixels differ; both pictures are in {FAILED}")


def test_a_moved_line_is_noticed() -> None:
    picture = pictures("published")[0]
    moved = Image.new("L", picture.size, 255)
    moved.paste(picture.crop((0, 300, picture.width, picture.height)), (0, 302))
    moved.paste(picture.crop((0, 0, picture.width, 300)), (0, 0))
    assert difference(picture, picture) == 0
    assert difference(picture, moved) > TOLERANCE
