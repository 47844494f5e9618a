"""``zhengti-zip form check``: everything that is wrong with a form's folder, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import FORM_FILE, Mistake, inspect_form
from zhengti_zip.form.yamlfile import read_yaml
from zhengti_zip.formtools.casefile import CASES_FILE, read_cases
from zhengti_zip.formtools.cases import CaseResult, run_case
from zhengti_zip.formtools.formula_check import check_formulas, find_office
from zhengti_zip.formtools.remarks import remarks
from zhengti_zip.submission.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a form's folder: how bad, where, what, and what to do about it, in Chinese."""

    severity: Severity
    file: str
    line: int
    path: str
    message: str
    remedy: str

    @classmethod
    def of(cls, mistake: Mistake) -> Finding:
        """A mistake as a finding."""
        return cls(Severity.ERROR, mistake.file, mistake.line, mistake.path, mistake.message, mistake.remedy)


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What came out of checking a form's folder.

    Attributes:
        form: the form; None while its definition has mistakes.
        findings: errors first, then warnings and notices.
        cases: the cases that were run; empty when they were not asked for.
    """

    form: FormDefinition | None
    findings: tuple[Finding, ...]
    cases: tuple[CaseResult, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether there is no error and every case came out as expected."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings) and all(
            result.passed for result in self.cases
        )


def check_up(folder: Path, *, cases: bool = False) -> CheckUp:
    """Check the definition in ``folder``.

    Args:
        folder: the form's folder, see :func:`~zhengti_zip.form.loader.form_folder`.
        cases: whether to run its cases too.

    Raises:
        EnvironmentProblem: LibreOffice is there but does not work.
    """
    form, mistakes = inspect_form(folder)
    if form is None or mistakes:
        return CheckUp(None, tuple(map(Finding.of, mistakes)))
    findings = [*_remarks(form), *_formulas(form, find_office())]
    results: tuple[CaseResult, ...] = ()
    if cases:
        readable, wrong = read_cases(form)
        findings += [Finding.of(mistake) for mistake in wrong]
        results = tuple(run_case(form, case) for case in readable)
        if not results and not wrong:
            words, remedy = "没有案例", f"在文件夹中写 {CASES_FILE}，写法见 docs/adding-a-form.md"
            findings.append(Finding(Severity.WARNING, CASES_FILE, 1, "", words, remedy))
    return CheckUp(form, tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity])), results)


_ORDER = {severity: number for number, severity in enumerate(Severity)}


def _remarks(form: FormDefinition) -> Iterator[Finding]:
    text = read_yaml(form.folder / FORM_FILE)
    for remark in remarks(form):
        line = text.line_of(remark.path)
        yield Finding(Severity.WARNING, FORM_FILE, line, remark.path, remark.message, remark.remedy)


def _formulas(form: FormDefinition, office: str | None) -> Iterator[Finding]:
    """One finding per rule whose formula disagrees with the engine, or that this was not looked into."""
    if office is None:
        words = "本机没有 LibreOffice，没有核对工作簿中的公式与评分程序是否一致"
        yield Finding(Severity.NOTICE, FORM_FILE, 1, "", words, "安装 LibreOffice Calc 后再检查一次")
        return
    text = read_yaml(form.folder / FORM_FILE)
    counted: dict[str, list[str]] = {}
    for mismatch in check_formulas(form, office):
        counted.setdefault(mismatch.probe.path, []).append(mismatch.message)
    for path, messages in counted.items():
        more = f"（同一规则共 {len(messages)} 处不一致）" if len(messages) > 1 else ""
        remedy = "这是程序的错误，不是表定义的错误：请把本信息交给维护人员。得分以程序为准"
        line = text.line_of(path)
        yield Finding(Severity.ERROR, FORM_FILE, line, path, messages[0] + more, remedy)
