"""The documents say what the program does."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path
from shutil import copyfile

import pytest

import zhengti_zip
from tests.forms_support import HAIZHU
from zhengti_zip.base.numbers import plain
from zhengti_zip.form.checks import Checks
from zhengti_zip.form.loader import load_form
from zhengti_zip.formtools.casefile import CASES_FILE, read_cases
from zhengti_zip.formtools.cases import Case, run_case
from zhengti_zip.scoring.evaluation import evaluate

ROOT = Path(__file__).resolve().parents[1]
RULES = (ROOT / "docs" / "scoring-rules.md").read_text(encoding="utf-8")
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "zhengti_zip").rglob("*.py"))


def codes_in_the_program() -> set[str]:
    """Every problem code: the second argument of Problem(...), the first of ValueProblem(...)."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in SOURCES)
    found = set(re.findall(r'Severity\.\w+,\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'Problem\(\s*severity,\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'ValueProblem\(\s*"([a-z_]+)"', text))
    found |= set(re.findall(r'because\(.*?"([a-z]+_[a-z]+)"', text, re.DOTALL))
    found |= set(Checks.model_fields)
    found |= set(re.findall(r'\bfailed\([\w.]+, "([a-z_]+)"', text))
    found |= set(re.findall(r'(?:Failure\(|CODE = )"([a-z_]+)"', text))
    return found | set(re.findall(r'_indicator_problem\(\s*number, [^"]*?(?:"weight"\], )?"([a-z_]+)"', text))


def test_every_problem_code_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")))
    codes = codes_in_the_program()
    assert len(codes) > 25
    assert codes <= documented, sorted(codes - documented)


def test_the_glossary_has_every_term_once_with_names_of_the_code() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|-][^|]*) \| ([^|]+) \|", text, re.MULTILINE)[1:]
    terms = [term for cell, _ in rows for term in re.split("[,、] *", re.sub("（.*?）", "", cell))]
    assert len(terms) > 80
    assert {term for term in terms if terms.count(term) > 1} == set()
    names = {
        name
        for _, cell in rows
        for code in re.findall("`([^`]+)`", cell)
        for name in re.findall(r"[A-Za-z]\w+", code)
    }
    files = [*SOURCES, *(ROOT / "templates").rglob("form.yaml")]
    known = set(re.findall(r"\w+", "\n".join(file.read_text(encoding="utf-8") for file in files)))
    assert names - known == set()


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_lead_somewhere(page: str) -> None:
    file = ROOT / page
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), f"{page} → {target}"


def test_changelog_names_the_package_version() -> None:
    assert f"## [{zhengti_zip.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture
def documented_cases(tmp_path: Path) -> list[Case]:
    """The worked examples of scoring-rules.md."""
    examples = "".join(re.findall(r"^```yaml\n(.*?)^```$", RULES, re.DOTALL | re.MULTILINE))
    (tmp_path / CASES_FILE).write_text(examples, encoding="utf-8")
    cases, mistakes = read_cases(load_form(HAIZHU).model_copy(update={"folder": tmp_path}))
    assert mistakes == []
    return cases


def test_the_worked_examples_of_the_scoring_rules_come_out_as_written(documented_cases: list[Case]) -> None:
    form = load_form(HAIZHU)
    assert len(documented_cases) == RULES.count("\n- 名称: ") > 20
    assert [
        (case.name, str(found)) for case in documented_cases for found in run_case(form, case).mismatches
    ] == []


def test_the_working_quoted_in_the_scoring_rules_is_the_programs(documented_cases: list[Case]) -> None:
    form = load_form(HAIZHU)
    said = {row.working for case in documented_cases for row in evaluate(form, case.submission).rows}
    quoted = re.findall(r"`([^`]*，得 [\d.]+ 分)`", RULES)
    assert quoted
    assert set(quoted) <= said


def test_the_table_of_the_scoring_rules_is_that_of_the_form() -> None:
    cells = [
        (context.name, plain(context.row.weight), rule.title, rule.describe(context.row.weight), rule.basis)
        for context in load_form(HAIZHU).rows
        for rule in context.row.rules
    ]
    table = RULES.partition("## The rules of haizhu-2022")[2]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert rows == [f"| {' | '.join(row)} |" for row in cells]


def test_the_examples_of_the_python_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copyfile(ROOT / "samples" / "demo-2022.xlsx", tmp_path / "部门.xlsx")
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(API, {}, "api.md", "docs/api.md", 0)
    report: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(
        examples, out=report.append
    )
    assert outcome.attempted > 20
    assert outcome.failed == 0, "".join(report)


def test_the_python_page_has_every_public_name_with_its_signature() -> None:
    described = dict(re.findall(r"^## `(\w+)\((.*)\)`$", API, re.MULTILINE))
    assert set(described) == set(zhengti_zip.__all__)
    for name, written in described.items():
        real = inspect.signature(getattr(zhengti_zip, name)).parameters
        shown = eval(
            f"lambda {written}: None", {"PrintOptions": zhengti_zip.PrintOptions}
        )  # names and defaults, as Python reads them
        for given in inspect.signature(shown).parameters.values():
            assert (given.kind, given.default) == (real[given.name].kind, real[given.name].default), name
        required = {parameter.name for parameter in real.values() if parameter.default is parameter.empty}
        assert required <= set(inspect.signature(shown).parameters), name
