"""``zhengti-zip rules``: the scoring rules of a form, with data, dates and basis."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.input_files import form_of
from zhengti_zip.cli.parameters import json_option, new_form_option
from zhengti_zip.cli.streams import say, say_json, show


@click.command(
    "rules",
    cls=Command,
    short_help="列出评分规则及其依据",
    help="列出一张表各项指标的评分方法、规则、所需数据和依据。\n规则有多个版本的，逐个列出适用年度；带 * 的是本表年度适用的版本。",
    epilog="zhengti-zip rules\nzhengti-zip rules --form haizhu-2022 --json",
)
@new_form_option()
@json_option()
def rules(form_name: str | None, as_json: bool) -> ExitCode:
    """Print the rules."""
    from zhengti_zip.scoring.rulebook import HEADS, cap_text, rulebook

    form = form_of(form_name)
    entries = rulebook(form)
    if as_json:
        limit = {"cap": cap_text(form)} if form.cap else {}
        say_json({"form": form.id, "rules": [entry.as_json() for entry in entries], **limit})
        return ExitCode.OK
    from zhengti_zip.cli.terminal_tables import text_table

    say(f"{form.name}　评分规则")
    say("")
    show(text_table(HEADS, [entry.cells() for entry in entries], numbers=(1,)))
    if limit_text := cap_text(form):
        say("")
        say(limit_text)
    return ExitCode.OK
