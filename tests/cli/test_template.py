"""``template``, ``forms`` and ``schema``: what the program knows of its forms."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.cli.calling import ROOT, call


def sheets(content: bytes) -> list[str]:
    return list(openpyxl.load_workbook(BytesIO(content)).sheetnames)


def test_a_blank_workbook_is_named_after_its_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = call("template")
    assert (outcome.code, outcome.out) == (0, "haizhu-2022.xlsx\n")
    assert "zhengti-zip check haizhu-2022.xlsx" in outcome.err
    assert "基本情况" in sheets((tmp_path / "haizhu-2022.xlsx").read_bytes())


def test_a_blank_workbook_goes_where_it_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "新 文件夹" / "组织部.xlsx"
    outcome = call("template", "-o", file, "--form", "haizhu-2022")
    assert (outcome.code, outcome.out) == (0, f"{file}\n")
    assert f'zhengti-zip check "{file}"' in outcome.err  # a name with a blank must be quoted
    assert file.exists()


def test_a_filled_workbook_is_not_overwritten_without_force(tmp_path: Path) -> None:
    file = tmp_path / "组织部.xlsx"
    file.write_bytes("已填好".encode())
    outcome = call("template", "-o", file)
    assert (outcome.code, outcome.out) == (4, "")
    assert "文件已存在" in outcome.err
    assert "--force" in outcome.err
    assert file.read_bytes() == "已填好".encode()


def test_force_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "组织部.xlsx"
    file.write_bytes("旧的".encode())
    assert call("template", "-o", file, "--force").code == 0
    assert "基本情况" in sheets(file.read_bytes())


def test_a_form_may_be_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "我的表"
    shutil.copytree(ROOT / "templates" / "haizhu-2022", folder)
    assert call("template", "--form", folder, "-o", tmp_path / "a.xlsx").code == 0


def test_a_form_with_mistakes_is_a_usage_error_naming_the_line(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text("id: x1\nversion: 一\n", encoding="utf-8")
    outcome = call("template", "--form", tmp_path, "-o", tmp_path / "a.xlsx")
    assert (outcome.code, outcome.out) == (2, "")
    assert "form.yaml 第 2 行" in outcome.err
    assert not (tmp_path / "a.xlsx").exists()


def test_forms_are_listed_one_a_line() -> None:
    outcome = call("forms")
    assert (outcome.code, outcome.err) == (0, "")
    assert "haizhu-2022  2022  2022年度部门整体支出绩效自评表（广州市海珠区）\n" in outcome.out


def test_schema_is_json_on_stdout() -> None:
    outcome = call("schema", "--form", "haizhu-2022")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["properties"]["form"] == {"const": "haizhu-2022"}
    assert "部门名称" in outcome.out
    assert outcome.out.endswith("}\n")
