"""The documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "zhengti_zip").rglob("*.py"))


def codes_in_the_program() -> set[str]:
    """Every problem code: the second argument of Problem(...), the first of ValueProblem(...)."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
    found = set(re.findall(r'Severity\.\w+,\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'Problem\(\s*severity,\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'ValueProblem\(\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'\bfailed\([\w.]+, "([a-z_]+)"', text))
    found |= set(re.findall(r'(?:Failure\(|CODE = )"([a-z_]+)"', text))
    return found | set(re.findall(r'_indicator_problem\(\s*number, [^"]*?(?:"weight"\], )?"([a-z_]+)"', text))


def test_every_problem_code_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")))
    codes = codes_in_the_program()
    assert len(codes) > 25
    assert codes <= documented, sorted(codes - documented)


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    file = ROOT / page
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), f"{page} → {target}"


def test_changelog_names_the_package_version() -> None:
    from zhengti_zip import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
