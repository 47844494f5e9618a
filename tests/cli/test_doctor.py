"""``doctor``: a machine that has everything, and one that lacks something."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, call, environment, spawn
from zhengti_zip.base import resources
from zhengti_zip.cli import machine
from zhengti_zip.cli.machine import (
    PACKAGES,
    SERVER_PACKAGES,
    CheckStatus,
    MachineCheck,
    examine_machine,
    is_fit,
)
from zhengti_zip.cli.native_libraries import LIBRARIES, open_first, remedy_for


def found(name: str) -> MachineCheck:
    return next(check for check in examine_machine() if check.id == name)


def test_a_sound_machine_lacks_nothing() -> None:
    checks = examine_machine()
    assert is_fit(checks)
    assert [check for check in checks if check.status is CheckStatus.MISSING] == []
    assert len({check.id for check in checks}) == len(checks)


def test_the_command_lists_everything_and_succeeds() -> None:
    outcome = call("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("一切就绪。\n")
    for name in ("Python ", "系统库 pango", "Python 库 weasyprint", "自带字体", "表格模板", "试排一行中文"):
        assert re.search(f"^正常  {name}", outcome.out, re.MULTILINE)


def test_json() -> None:
    outcome = call("doctor", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["ok"] is True
    for check in outcome.json["checks"]:
        assert list(check) == ["id", "name", "status", "detail", "remedy"]
        assert check["status"] in ("ok", "limited", "missing")


def test_libraries_are_looked_for_under_weasyprints_own_names() -> None:
    spec = importlib.util.find_spec("weasyprint")
    assert spec is not None and spec.origin is not None
    source = (Path(spec.origin).parent / "text" / "ffi.py").read_text(encoding="utf-8")
    theirs = {
        node.targets[0].id: " ".join(ast.literal_eval(arg) for arg in node.value.args[1:])
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "_dlopen"
    }
    theirs.pop("harfbuzz_vector", None)  # for colour fonts only
    assert theirs == LIBRARIES


def test_packages_are_those_the_project_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=~! ]", requirement)[0] for requirement in project["dependencies"]}
    assert {*PACKAGES.values(), *SERVER_PACKAGES.values()} == wanted


def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "open_first", lambda names: None if "libpango-1.0-0" in names else names[0])
    monkeypatch.setattr(machine, "remedy_for", lambda library: f"安装 {library}")
    check = found("pango")
    assert (check.status, check.remedy) == (CheckStatus.MISSING, "安装 pango")
    outcome = call("doctor")
    assert outcome.code == 3
    assert "缺少  系统库 pango" in outcome.out
    assert "\n      处理：安装 pango\n" in outcome.out
    assert call("doctor", "--json").json["ok"] is False


def test_an_optional_library_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "open_first", lambda names: None if "harfbuzz-subset" in names else names[0])
    assert found("harfbuzz_subset").status is CheckStatus.LIMITED
    assert call("doctor").code == 0


def test_an_unknown_library_cannot_be_opened() -> None:
    assert open_first(["libgibtsnicht.so.0", "gibtsnicht"]) is None


@pytest.mark.parametrize(
    ("system", "programs", "words"),
    [
        ("linux", ["apt-get"], "apt-get install -y libpango-1.0-0"),
        ("linux", ["dnf"], "dnf install -y pango"),
        ("linux", ["pacman"], "pacman -S pango"),
        ("linux", [], "pango"),
        ("darwin", [], "brew install pango"),
        ("win32", [], "pacman -S mingw-w64-ucrt-x86_64-pango"),
        ("win32", [], r"setx WEASYPRINT_DLL_DIRECTORIES C:\msys64\ucrt64\bin"),
    ],
)
def test_every_system_has_its_command(system: str, programs: list[str], words: str) -> None:
    assert words in remedy_for("pango", system, lambda name: name if name in programs else None)


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the bundled fonts, with their table and one of them."""
    # Imported for the first time while the folder is replaced, they would keep it.
    for module in ("zhengti_zip.pdf.engine", "zhengti_zip.pdf.html", "zhengti_zip.grid.metrics"):
        importlib.import_module(module)
    for name in ("README.md", "ZhengtiSymbols-Regular.ttf"):
        shutil.copy(ROOT / "fonts" / name, tmp_path / name)
    monkeypatch.setattr(resources, "fonts_dir", lambda: tmp_path)
    return tmp_path


def test_missing_fonts_are_named(fonts: Path) -> None:
    check = found("fonts")
    assert check.status is CheckStatus.MISSING
    assert "NotoSerifSC-Regular.ttf" in check.detail
    assert "ZhengtiSymbols" not in check.detail


def test_a_damaged_font_is_named(fonts: Path) -> None:
    with (fonts / "ZhengtiSymbols-Regular.ttf").open("ab") as font:
        font.write(b"\0")
    assert "ZhengtiSymbols-Regular.ttf" in found("fonts").detail


def test_fonts_without_checksums_count_as_missing(fonts: Path) -> None:
    (fonts / "README.md").write_text("# Fonts\n", encoding="utf-8")
    assert found("fonts").status is CheckStatus.MISSING


def test_missing_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengti_zip.form.loader.templates_dir", lambda: tmp_path)
    assert found("templates").status is CheckStatus.MISSING
    (tmp_path / "x1").mkdir()
    (tmp_path / "x1" / "form.yaml").write_text("id: x1\n", encoding="utf-8")
    check = found("templates")
    assert check.status is CheckStatus.MISSING
    assert "form.yaml 第 " in check.detail


def test_folders_that_cannot_be_written_to_are_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("我是文件", encoding="utf-8")
    monkeypatch.setattr("zhengti_zip.pdf.engine.cache_dir", lambda: tmp_path / "cache" / "fonts")
    check = found("cache")
    assert check.status is CheckStatus.LIMITED
    assert check.remedy


def test_a_check_that_raises_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr("platform.platform", broken)
    check = found("system")
    assert check.status is CheckStatus.MISSING
    assert "boom" in check.detail


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["raise ImportError('gone')", "print('hello')\nraise OSError('no pango')"])
def test_it_runs_where_weasyprint_cannot_be_imported(tmp_path: Path, fault: str) -> None:
    (tmp_path / "weasyprint.py").write_text(fault + "\n", encoding="utf-8")
    outcome = spawn("doctor", "--json", env=environment(tmp_path))
    assert (outcome.code, outcome.err) == (3, "")
    missing = [check["id"] for check in outcome.json["checks"] if check["status"] == "missing"]
    assert missing == ["weasyprint", "rendering"]


@pytest.mark.slow
@pytest.mark.parametrize("package", ["rich", "pydantic", "yaml", "jinja2", "uvicorn"])
def test_it_runs_where_another_package_is_missing(tmp_path: Path, package: str) -> None:
    fault = f"raise ModuleNotFoundError('No module named {package}', name={package!r})\n"
    (tmp_path / f"{package}.py").write_text(fault, encoding="utf-8")
    outcome = spawn("doctor", env=environment(tmp_path))
    assert (outcome.code, outcome.err) == (3, "")
    assert f'处理："{sys.executable}" -m pip install {(PACKAGES | SERVER_PACKAGES)[package]}' in outcome.out
