"""Texts that name another department: often a copied text in which the name was left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zhengti_zip.batch.crosschecks.doubt import Certainty, Doubt, DoubtKind, quote
from zhengti_zip.batch.crosschecks.thresholds import NAME_CHARACTERS, SET_PHRASE_SHARE
from zhengti_zip.batch.crosschecks.wording import Writing
from zhengti_zip.submission.raw import compact

_BEFORE = """
会同 联合 配合 协同 协助 协调 参与 根据 按照 依据 落实 执行 接受 报送 提请
与 和 及 向 报 经 同 商 、 受 被 《
"""
_AFTER = """
联合 等部门 等单位 等局 印发 批复 下达 下发 审定 审核 审批 牵头 划转 移交 拨付
、 和 与 及 关于 文件 通知
"""
PARTNER_BEFORE, PARTNER_AFTER = tuple(_BEFORE.split()), tuple(_AFTER.split())
"""Words before and behind a name that say what the other department has to do with the work: it is named on purpose."""

BEFORE = 20
"""Characters quoted before a name."""


class Names:
    """The names of departments, to be found in texts in time linear in these.

    Args:
        names: as :func:`department_key` gives them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name for name in names if len(name) >= NAME_CHARACTERS}
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for name in self._names:
            self._lengths[name[:NAME_CHARACTERS]].add(len(name))
        firsts = "".join(map(re.escape, sorted({name[0] for name in self._names})))
        self._first = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def found_in(self, text: str) -> Iterator[tuple[int, str]]:
        """The names in a text with their positions; where one begins with another, only the longer."""
        end = 0
        for first in self._first.finditer(text):
            at = first.start()
            lengths = self._lengths.get(text[at : at + NAME_CHARACTERS])
            if at < end or not lengths:
                continue
            if longest := max((n for n in lengths if text[at : at + n] in self._names), default=0):
                end = at + longest
                yield at, text[at:end]


def other_names(writings: Sequence[Writing], departments: Mapping[str, str]) -> Iterator[Doubt]:
    """A doubt for every text in which another department stands that is no usual partner.

    Args:
        departments: all departments, by key the name as entered.
    """
    names = Names(departments)
    users: defaultdict[str, set[str]] = defaultdict(set)
    found: list[tuple[Writing, str, str]] = []
    for writing in writings:
        text = compact(writing.text)
        for at, name in names.found_in(text):
            if name in writing.key or writing.key in name:
                continue
            users[name].add(writing.key)
            if not _is_partner(text[:at], text[at + len(name) :]):
                found.append((writing, name, quote(writing.text, max(_place(writing.text, at) - BEFORE, 0))))
    partners = {name for name, keys in users.items() if len(keys) > len(departments) * SET_PHRASE_SHARE}
    told = set()
    for writing, name, quoted in found:
        if name not in partners and (writing.party, name) not in told:
            told.add((writing.party, name))
            yield Doubt(
                DoubtKind.OTHER_NAME,
                (writing.party,),
                writing.label,
                f"写的是“{departments[name]}”，不是本部门“{writing.party.department}”",
                (f"{writing.party.department}：{quoted}",),
                Certainty.MEDIUM,
            )


def _is_partner(before: str, after: str) -> bool:
    return before.endswith(PARTNER_BEFORE) or after.startswith(PARTNER_AFTER)


def _place(text: str, at: int) -> int:
    """Where a character of the plain text stands in the text as entered."""
    seen = 0
    for place, character in enumerate(text):
        seen += len(compact(character))
        if seen > at:
            return place
    return 0
