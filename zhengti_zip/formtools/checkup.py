"""``zhengti-zip form check``: every mistake in a form's folder, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zhengti_zip.form.definition import FormDefinition
from zhengti_zip.form.loader import FORM_FILE, inspect_form
from zhengti_zip.form.mistakes import Level, Mistake
from zhengti_zip.form.yamlfile import read_yaml
from zhengti_zip.formtools.casefile import CASES_FILE, read_cases
from zhengti_zip.formtools.cases import CaseResult, run_case
from zhengti_zip.formtools.coverage import untested
from zhengti_zip.formtools.formula_check import check_formulas
from zhengti_zip.formtools.office import find_office
from zhengti_zip.formtools.remarks import remarks
from zhengti_zip.formtools.trial import trial_mistakes


@dataclass(frozen=True, slots=True)
class CheckUp:
    """What came out of checking a form's folder.

    Attributes:
        form: the form; None while its definition has errors.
        mistakes: errors first, then remarks.
        cases: the cases that were run; empty when they were not asked for.
    """

    form: FormDefinition | None
    mistakes: tuple[Mistake, ...]
    cases: tuple[CaseResult, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether there is no error and every case came out as expected."""
        return all(mistake.level is not Level.ERROR for mistake in self.mistakes) and all(
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
        return CheckUp(None, tuple(mistakes))
    text = read_yaml(folder / FORM_FILE)
    found = [*remarks(form), *trial_mistakes(form), *_formulas(form, find_office())]
    mistakes = [mistake if mistake.file else mistake.located(FORM_FILE, text) for mistake in found]
    results: tuple[CaseResult, ...] = ()
    if cases:
        readable, wrong = read_cases(form)
        mistakes += wrong
        results = tuple(run_case(form, case) for case in readable)
        if not results and not wrong:
            remedy = f"在文件夹中写 {CASES_FILE}，写法见 docs/adding-a-form.md"
            mistakes.append(Mistake("", "没有案例", remedy, Level.REMARK, CASES_FILE, 1))
        elif not wrong:
            mistakes += [remark.located(FORM_FILE, text) for remark in untested(form, results)]
    return CheckUp(form, tuple(sorted(mistakes, key=lambda mistake: mistake.level is Level.REMARK)), results)


def _formulas(form: FormDefinition, office: str | None) -> Iterator[Mistake]:
    """One error per rule whose formula disagrees with the engine; a remark when that was not checked."""
    if office is None:
        words = "本机没有 LibreOffice，没有核对工作簿中的公式与评分程序是否一致"
        yield Mistake("", words, "安装 LibreOffice Calc 后再检查一次", Level.REMARK)
        return
    by_rule: dict[str, list[str]] = {}
    for mismatch in check_formulas(form, office):
        by_rule.setdefault(mismatch.probe.path, []).append(mismatch.message)
    for path, messages in by_rule.items():
        more = f"（同一规则共 {len(messages)} 处不一致）" if len(messages) > 1 else ""
        remedy = "这是程序的错误，不是表定义的错误：请把本信息交给维护人员。得分以程序为准"
        yield Mistake(path, messages[0] + more, remedy)
