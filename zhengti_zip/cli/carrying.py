"""``--to`` of ``upgrade`` and ``fill``: last year's file in the workbook of another form."""

from __future__ import annotations

from pathlib import Path

from zhengti_zip.base.errors import ExitCode, UsageProblem
from zhengti_zip.cli.file_paths import command_line, write
from zhengti_zip.cli.streams import hint, printable, say_json, tell

MAX_LISTED = 30
"""Things not taken that are listed on the terminal; the workbook lists all."""


def refuse_without_target(target: str | None, everything: bool, as_json: bool) -> None:
    """Refuse ``--all`` and ``--json`` where nothing is carried over.

    Raises:
        UsageProblem: one of them was given without ``--to``.
    """
    if target is None and (everything or as_json):
        given = "--all" if everything else "--json"
        raise UsageProblem(f"{given} 要与 --to 连用", "加上 --to 和要转到的表，例如 --to haizhu-2022")


def carry(
    file: Path, output: Path, target: str, form_name: str | None, *, everything: bool, as_json: bool
) -> ExitCode:
    """Write the workbook of ``target`` and say what was not taken.

    Raises:
        ZhengtiError: as of :func:`~zhengti_zip.formtools.carried_workbook.carried_workbook`.
    """
    from zhengti_zip.base.files import write_all_atomically
    from zhengti_zip.form.loader import load_form
    from zhengti_zip.formtools.carried_workbook import LEFT_SHEET, carried_workbook

    made = carried_workbook(
        file, load_form(target), load_form(form_name) if form_name else None, everything=everything
    )
    carried = made.carried
    if as_json:
        write_all_atomically({output: made.content})
        say_json(
            {
                "output": str(output),
                "form": carried.form.id,
                "taken": carried.taken,
                "not_taken": [each.as_data() for each in carried.not_taken],
            }
        )
        return ExitCode.OK
    write({output: made.content})
    for each in carried.not_taken[:MAX_LISTED]:
        tell(printable(f"没有带入  {each.label}：{each.value}（{each.why}）"))
    if len(carried.not_taken) > MAX_LISTED:
        tell(f"另有 {len(carried.not_taken) - MAX_LISTED} 处，见新工作簿的“{LEFT_SHEET}”")
    hint(f"带入 {carried.taken} 个值，{len(carried.not_taken)} 处没有带入。")
    hint(f"请补填后检查：{command_line('check', output, target)}")
    return ExitCode.OK
