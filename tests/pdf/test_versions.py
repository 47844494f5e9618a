"""The oldest and the newest WeasyPrint that pyproject.toml allows print the demo as the installed one does.

Another version may be slower, for the pieces in ``pdf/fast`` are not used with it. It must not break.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.calling import DEMO, ROOT, environment, spawn
from zhengti_zip import read, render_pdf
from zhengti_zip.grid.examine import examine

PACKAGES = ("weasyprint", "pydyf")


def requirements(oldest: bool) -> list[str]:
    """One end of what pyproject.toml allows, as pip takes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = [re.fullmatch(r"(\w+)>=([\d.]+),(<[\d.]+)", line) for line in project["dependencies"]]
    bounds = {match[1]: (match[2], match[3]) for match in found if match}
    return [f"{name}=={bounds[name][0]}" if oldest else f"{name}{bounds[name][1]}" for name in PACKAGES]


@pytest.fixture(params=[True, False], ids=["oldest", "newest"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with one end of the allowed versions; what else they need is installed already."""
    target = tmp_path / "packages"
    options = ["-q", "--no-deps", "--retries", "1", "--timeout", "20", "--target", str(target)]
    command = [sys.executable, "-m", "pip", "install", *options, *requirements(request.param)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode and os.environ.get("CI") != "true":
        pytest.skip(f"cannot be installed: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
    return target


def texts(pdf: bytes) -> list[str]:
    """The text of every page, without spaces."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def built(folder: Path, output: Path) -> bytes:
    """The PDF of the demo by the packages in ``folder``."""
    outcome = spawn("build", DEMO, "--pdf", "-o", output, env=environment(folder))
    assert outcome.code == 0, outcome.err
    return (output / f"{DEMO.stem}.pdf").read_bytes()


def test_the_demo_comes_out_the_same(folder: Path, tmp_path: Path) -> None:
    [name] = [entry.name for entry in folder.glob("weasyprint-*.dist-info")]
    version = name.removeprefix("weasyprint-").removesuffix(".dist-info")
    content = built(folder, tmp_path / "1")
    reader = PdfReader(BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.producer == f"WeasyPrint {version}"
    assert len(reader.attachments) == 3
    source = read(DEMO)
    assert texts(content) == texts(render_pdf(examine(source).table))
    assert built(folder, tmp_path / "2") == content, "the same input gives the same bytes"
