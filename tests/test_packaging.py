"""The wheel carries everything: installed into an empty environment it builds the sample elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder


def test_wheel_and_sdist_hold_templates_and_fonts(dist: Path) -> None:
    [wheel], [sdist] = list(dist.glob("*.whl")), list(dist.glob("*.tar.gz"))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = ["fonts/NotoSerifSC-Regular.ttf", "fonts/metrics.json", "templates/haizhu-2022/form.yaml"]
    wanted += [
        f"templates/shared/{name}" for name in ("form.html.j2", "frame.docx", "word.xml.j2", "watermark.xml")
    ]
    wanted += ["fonts/OFL-NotoSerifSC.txt", "fonts/LICENSE-DejaVu.txt"]
    assert {f"zhengti_zip/_resources/{name}" for name in wanted} <= names
    with tarfile.open(sdist) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
    assert set(wanted) <= inside


def test_installed_wheel_builds_the_sample_from_another_folder(dist: Path, tmp_path: Path) -> None:
    [wheel] = dist.glob("*.whl")
    environment = tmp_path / "环境"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=300)
    python = environment / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    sample = elsewhere / "部门.xlsx"
    sample.write_bytes((ROOT / "samples" / "haizhu-2022.xlsx").read_bytes())
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(environment / "bin" / "zhengti-zip"), "build", sample.name]
    done = subprocess.run(
        command, cwd=elsewhere, env=clean, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "部门.pdf").read_bytes().startswith(b"%PDF")
    assert (elsewhere / "部门.docx").read_bytes().startswith(b"PK")


def test_public_names_are_what_they_say() -> None:
    """A function must not be hidden by a module of its own name, whatever was imported before."""
    code = "import zhengti_zip as z; import zhengti_zip.cli.app; print([n for n in z.__all__ if not callable(getattr(z, n))])"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout.strip() == "[]"
