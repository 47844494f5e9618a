"""Remedies written for the command line, as somebody in front of a page can follow them."""

from __future__ import annotations

import re

OTHERWISE = "请检查是否选错了文件；没有选错的，请在上传时选定“按哪一张表检查”"
"""What is left to do on a page where a remedy named nothing but commands."""

_PROGRAM = re.compile(r" *zhengti-zip (?:build|export) *")
_MANUAL = re.compile(r"，?或?参照 docs/[\w.-]+")
_COMMAND = re.compile(r"zhengti-zip [a-z]|--[a-z]|docs/")


def remedy_on_page(remedy: str) -> str:
    """A remedy without what only works on the command line.

    Args:
        remedy: clauses separated by ``；``; those that name a command or an option are left out.
    """
    plain = _MANUAL.sub("", _PROGRAM.sub("本程序", remedy))
    if not _COMMAND.search(plain):
        return plain
    return "；".join(clause for clause in plain.split("；") if not _COMMAND.search(clause)) or OTHERWISE
