"""``zhengti-zip forms``: list the bundled forms."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.streams import say


@click.command(
    "forms",
    cls=Command,
    short_help="列出可用的表",
    help="列出可用的表，每行一张：编号、年度、名称。",
    epilog="zhengti-zip forms",
)
def forms() -> ExitCode:
    """Print id, year and name of every form."""
    from zhengti_zip.form.loader import form_ids, load_form

    for form in map(load_form, form_ids()):
        say(f"{form.id}  {form.year}  {form.name}")
    return ExitCode.OK
