"""``zhengti-zip schema``: the JSON Schema of a form's submissions."""

from __future__ import annotations

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.inputs import form_of
from zhengti_zip.cli.parameters import new_form_option
from zhengti_zip.cli.streams import say_json


@click.command(
    "schema",
    cls=Command,
    short_help="输出填报数据的 JSON Schema",
    help="输出填报数据（JSON）的 JSON Schema，供编写其他程序的人使用。",
    epilog="zhengti-zip schema > haizhu-2022.schema.json",
)
@new_form_option()
def schema(form_name: str | None) -> ExitCode:
    """Print the schema."""
    from zhengti_zip.submission.schema import json_schema

    say_json(json_schema(form_of(form_name)))
    return ExitCode.OK
