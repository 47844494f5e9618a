"""Texts that have broken programs: direction marks, combining marks, halves of characters, no place to break a line."""

from __future__ import annotations

from random import Random

MAX_CELL = 32_767
"""Characters a cell of a workbook can hold."""

FAMILY = "👨‍👩‍👧‍👦"
HOSTILE = (
    "",
    " \t　 ",
    "-",
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "+86-20",
    "\t=1+1",
    "\r=1+1",
    "_x003D_1+1",
    "_x0000_",
    "_x000D_",
    "\x00",
    "\x1b[31m红",
    "\ud800",
    "\ufffe",
    "\u202e倒写\u202c",
    "\u2066隔离\u2069",
    "שלום 123 مرحبا",
    "e" + "\u0301" * 500,
    "字\u3099" * 200,
    FAMILY * 30,
    "🇨🇳",
    "\U000e0041",
    "\U0010ffff",
    "\ue000",
    "𠮷𡈽",
    "a" * 400,
    "1" * 400,
    "\u00a0" * 400,
    "字\u2060" * 200,
    "（" * 200,
    "。" * 200,
    "A\u200dB\u200cC\u00ad" * 50,
    "\n" * 300,
    "\v\f\x85\u2028\u2029",
    "]]>",
    "<w:t>甲</w:t>",
    "&amp;&lt;&#0;",
    "{{ 1 }}{% raw %}",
    "${jndi:x}",
    "%s%n{0}",
    "../../x",
    "CON",
    "#REF!",
    "1e308",
    "NaN",
    "1E+999999999",
    "-0",
    "９９９，９９９．９９",
    "1,2,3",
    "0x10",
    "1_000",
    "٣",
    "½",
    "2022-13-45",
    "TRUE",
)


def text(chance: Random) -> str:
    """One of them, alone, joined or as long as a cell can be."""
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(HOSTILE)
    if kind < 0.85:
        return "".join(chance.choices(HOSTILE, k=chance.randint(2, 6)))
    if kind < 0.95:
        return "".join(chr(_code(chance)) for _ in range(chance.randint(1, 60)))
    piece = chance.choice(
        ("字", "a", "W", "1", "字 ", "\n", "，", FAMILY, "\u0301", "\u00a0", "中English混排")
    )
    return (piece * MAX_CELL)[: chance.choice((MAX_CELL, MAX_CELL + 1, 5000))]


def _code(chance: Random) -> int:
    ranges = ((0, 0x7F), (0x80, 0x2FF), (0x300, 0x36F), (0x2000, 0x206F), (0x4E00, 0x9FFF), (0, 0x10FFFF))
    return chance.randint(*chance.choice(ranges))


def xml_text(chance: Random) -> str:
    """The same without what no XML can hold."""
    return "".join(
        c
        for c in text(chance)
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
