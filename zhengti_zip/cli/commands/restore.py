"""``zhengti-zip restore``: an office filled from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from zhengti_zip.base.errors import ExitCode
from zhengti_zip.cli.chinese import Command
from zhengti_zip.cli.office_data import facts_words, opened
from zhengti_zip.cli.parameters import PATH, office_options
from zhengti_zip.cli.streams import hint


@click.command(
    "restore",
    cls=Command,
    short_help="从备份恢复办公台",
    help="把 zhengti-zip backup 生成的备份恢复到一个空的文件夹或空的数据库；已有数据的不会覆盖。\n"
    "恢复时服务器要停止。恢复以后各人要重新登录，填报链接不变。",
    epilog="zhengti-zip restore 备份-2026-03-01.zip --office /var/lib/zhengti",
)
@click.argument("file", type=PATH, metavar="备份", help="由 zhengti-zip backup 生成的文件")
@office_options(required=True)
def restore(file: Path, office: str, folder: Path | None) -> ExitCode:
    """Fill an empty office."""
    from zhengti_zip.web.backup import restore_backup

    with opened(office, folder, is_held=True) as (database, store):
        facts = restore_backup(file, database, store)
    hint(f"已恢复：{facts_words(facts)}")
    return ExitCode.OK
