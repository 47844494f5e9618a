"""``preview`` and ``extract`` as people call them, and the options of ``build``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from tests.cli.calling import SAMPLE, call


def test_preview_writes_one_picture_a_page(tmp_path: Path) -> None:
    done = call("preview", SAMPLE, "-o", tmp_path, "--dpi", "50")
    files = [tmp_path / f"haizhu-2022-{number}.png" for number in (1, 2)]
    assert (done.code, done.out.split()) == (0, [str(file) for file in files])
    with Image.open(files[0]) as picture:
        assert picture.size == (414, 585)
        assert len(picture.convert("L").getcolors(256) or []) > 2


def test_preview_of_an_unfinished_form_is_a_draft_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "部门.json"
    file.write_text('{"form": "haizhu-2022"}', encoding="utf-8")
    done = call("preview", file)
    assert done.code == 1
    assert (tmp_path / "部门-1.png").is_file()
    assert "草稿" in done.err


def test_resolution_has_limits(tmp_path: Path) -> None:
    for dpi in ("35", "601", "x"):
        assert call("preview", SAMPLE, "-o", tmp_path, "--dpi", dpi).code == 2
    assert list(tmp_path.iterdir()) == []


def test_extract_gives_back_what_build_kept_and_overwrites_nothing(tmp_path: Path) -> None:
    assert call("build", SAMPLE, "-o", tmp_path, "--pdf").code == 0
    done = call("extract", tmp_path / "haizhu-2022.pdf", "-o", tmp_path / "取出")
    assert done.code == 0
    assert (tmp_path / "取出" / "haizhu-2022.json").read_bytes() == SAMPLE.read_bytes()
    assert call("extract", tmp_path / "haizhu-2022.pdf", "-o", tmp_path / "取出").code == 4
    assert call("extract", SAMPLE, "-o", tmp_path / "别的").code == 1
    assert not (tmp_path / "别的").exists()


def test_page_numbers_when_asked_for(tmp_path: Path) -> None:
    for options, wanted in (((), False), (("--page-numbers",), True)):
        assert call("build", SAMPLE, "-o", tmp_path, *options).code == 0
        pages = PdfReader(tmp_path / "haizhu-2022.pdf").pages
        texts = ["".join(page.extract_text().split()) for page in pages]
        assert [f"第{number}页共2页" in text for number, text in enumerate(texts, start=1)] == [wanted] * 2
