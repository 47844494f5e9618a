"""Archives of workbooks as somebody might mail them to do harm, or a broken program might leave them.

They are put together byte by byte, because :mod:`zipfile` would correct what is to be wrong.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from itertools import pairwise
from random import Random

from tests.batch.offices import office
from tests.fuzz import files, mutations
from tests.fuzz.base import workbook
from tests.fuzz.files import Hostile
from tests.fuzz.names import NAMES, PAIRS

UTF_8, ENCRYPTED = 0x800, 0x1
STORED, DEFLATED = 0, 8
FILE, SYMLINK, FOLDER = 0o100644, 0o120777, 0o040755
ARCHIVE = ".zip"
SOUND_NAME = "好.json"
MAX_MANY = 1500
"""Entries of an archive of many. Each costs a line of the journal, which goes to the disk at once."""


@dataclass(frozen=True)
class Member:
    """An entry of an archive.

    Attributes:
        name: as it stands there.
        content: what comes out, if anything does.
        flags, method, mode: as in its headers; ``mode`` is what Unix calls so.
        packed: what stands in the archive; None packs ``content``.
        told: what the headers say instead of the truth: crc, packed, size, offset, method.
        is_everywhere: the header in front of the data says so too, not only that in the directory.
    """

    name: bytes
    content: bytes
    flags: int = UTF_8
    method: int = DEFLATED
    mode: int = FILE
    packed: bytes | None = None
    told: dict[str, int] = field(default_factory=dict)
    is_everywhere: bool = True


def data_of(number: int) -> bytes:
    """The data of a department that has no problem."""
    return json.dumps(office(number), ensure_ascii=False).encode("utf-8")


BESIDE, INSIDE, NAMED = 1, 2, 3
"""Departments: of the good file beside a hostile one, of the good member, of members with hostile names."""


def sound() -> Member:
    """The good member that must be printed whatever is beside it."""
    return Member(SOUND_NAME.encode("utf-8"), data_of(INSIDE))


def overlap(members: Sequence[Member]) -> bool:
    """Whether one member begins, or says it does, where another has not ended; then all of it is refused."""
    end, extents = 0, []
    for member in members:
        packed = _packed(member)
        begin = member.told.get("offset", end)
        extents.append((begin, begin + 30 + len(member.name) + member.told.get("packed", len(packed))))
        end += 30 + len(member.name) + len(packed)
    extents.sort()
    return any(begin < end for (_, end), (begin, _) in pairwise(extents))


def _packed(member: Member) -> bytes:
    if member.packed is not None:
        return member.packed
    return _deflated(member.content) if member.method == DEFLATED else member.content


def put_together(members: Sequence[Member]) -> bytes:
    """The archive."""
    body, directory = bytearray(), bytearray()
    for member in members:
        packed = _packed(member)
        true = {
            "crc": zlib.crc32(member.content),
            "packed": len(packed),
            "size": len(member.content),
            "offset": len(body),
            "method": member.method,
        }
        told = {**true, **member.told}
        local = told if member.is_everywhere else true
        body += b"PK\3\4" + _common(member, local) + member.name + packed
        directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + _common(member, told)
        directory += struct.pack("<HHHLL", 0, 0, 0, member.mode << 16, told["offset"]) + member.name
    count = min(len(members), 0xFFFF)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def _common(member: Member, told: dict[str, int]) -> bytes:
    """What both headers of a member share."""
    sizes = (told["crc"], told["packed"], told["size"])
    return struct.pack("<HHHHHLLLHH", 20, member.flags, told["method"], 0, 0x21, *sizes, len(member.name), 0)


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _archive(kind: str, members: Sequence[Member], *, is_sound: bool = True) -> Hostile:
    """The archive as a case; a good member in it must be printed, unless the whole was damaged."""
    required = (sha256(data_of(INSIDE)).hexdigest(),) if is_sound else ()
    return Hostile(kind, ARCHIVE, put_together(members), required)


def _spelled(name: str, chance: Random) -> tuple[bytes, int]:
    """A name in one of the encodings archives have it in, not always the one they say."""
    ways = (("utf-8", UTF_8), ("utf-8", 0), ("gb18030", 0), ("gb18030", UTF_8), ("big5", 0), ("cp437", 0))
    encoding, flags = chance.choices(ways, (4, 2, 4, 0.3, 0.5, 0.5))[0]
    return name.encode(encoding, "replace"), flags


def _named(name: str, content: bytes, chance: Random) -> Member:
    spelled, flags = _spelled(name, chance)
    return Member(spelled, content, flags, mode=chance.choice((FILE, FILE, FILE, SYMLINK, 0, FOLDER)))


def _wrongly_spelled(members: Sequence[Member]) -> bool:
    """Whether a name is not in the encoding the archive says, for which all of it may be refused."""
    for member in members:
        try:
            member.name.decode("utf-8" if member.flags & UTF_8 else "cp437")
        except UnicodeDecodeError:
            return True
    return False


def _names(chance: Random) -> Hostile:
    """Names that would lead elsewhere, are refused by some system, or are there twice."""
    chosen = [*chance.choice(PAIRS)] if chance.random() < 0.4 else []
    chosen += chance.choices(NAMES, k=chance.choice((1, 2, 3)))
    members = [_named(name, data_of(NAMED), chance) for name in chosen]
    if chance.random() < 0.3:
        members.append(chance.choice(members))
    if chance.random() < 0.3:
        members.append(Member("链接.json".encode(), b"../../../../etc/passwd", mode=SYMLINK))
    members.insert(0, sound())
    return _archive("archive names", members, is_sound=not _wrongly_spelled(members))


def _headers(chance: Random) -> Hostile:
    """Headers that do not tell the truth about what they stand for."""
    content = data_of(NAMED)
    member = Member("部门.json".encode(), content, method=chance.choice((STORED, DEFLATED)))
    wild = (0, 1, len(content) - 1, len(content) + 1, 10**6, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
    lies: list[dict[str, int]] = [
        {"crc": chance.choice((0, 1, 0xFFFFFFFF))},
        {"size": chance.choice(wild)},
        {"packed": chance.choice(wild)},
        {"size": chance.choice(wild), "packed": chance.choice(wild)},
        {"offset": chance.choice((10**6, 0x7FFFFFFF, 0xFFFFFFFF))},
        {"method": chance.choice((0, 1, 8, 9, 12, 14, 93, 95, 99, 0xFFFF))},
    ]
    made = [
        replace(
            member,
            told=chance.choice(lies) if chance.random() < 0.8 else {},
            is_everywhere=chance.random() < 0.5,
            flags=chance.choices(
                (UTF_8, UTF_8 | ENCRYPTED, UTF_8 | 0x8, UTF_8 | 0x20, UTF_8 | 0x2041), (6, 2, 1, 1, 1)
            )[0],
        )
        for _ in range(chance.choice((1, 2, 3)))
    ]
    members = [sound(), *made]
    return _archive("archive headers", members, is_sound=not overlap(members))


def _contents(chance: Random) -> Hostile:
    """Damaged workbooks, other archives, folders and nothing at all beside a good file."""
    members = [sound()]
    kinds = [kind for kind in files.KINDS if kind.startswith(("workbook", "json", "noise"))]
    for number in range(chance.choice((1, 2, 3))):
        case = files.KINDS[chance.choice(kinds)](chance)
        members.append(_named(f"部门{number}{case.suffix}", case.content, chance))
    more = (
        _named("二批.zip", put_together([sound()]), chance),
        _named("二批.xlsx", put_together([sound()]), chance),
        _named("空.json", b"", chance),
        _named("街道/", b"", chance),
        _named("街道.json/", data_of(NAMED), chance),
        _named("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), chance),
        _named("说明.docx", b"PK", chance),
        _named("__MACOSX/._部门.json", b"{}", chance),
    )
    members += chance.sample(more, chance.choice((0, 1, 3)))
    return _archive("archive contents", members, is_sound=not _wrongly_spelled(members))


@cache
def _zeros(megabytes: int) -> tuple[bytes, dict[str, int]]:
    """So many zeros packed, and what is true of them; they themselves are not kept."""
    content = bytes(megabytes * 1024 * 1024)
    return _deflated(content), {"size": len(content), "crc": zlib.crc32(content)}


def _tight(chance: Random) -> Hostile:
    """Members that unpack to a thousand times their size, with headers that say so or do not."""
    members = [sound()]
    for number in range(chance.choice((1, 3, 6))):
        packed, told = _zeros(chance.choice((7, 19, 21, 40)))
        if chance.random() < 0.4:
            told = {**told, "size": chance.choice((1, 1000, 5 * 1024 * 1024))}
        suffix = chance.choice((".xlsx", ".json", ".xls"))
        members.append(Member(f"部门{number}{suffix}".encode(), b"", packed=packed, told=told))
    chance.shuffle(members)
    return _archive("archive tight", members)


def _many(chance: Random) -> Hostile:
    """A thousand small files that are none, under as many names or a few."""
    count = chance.choice((100, 400, MAX_MANY))
    names = chance.choice((count, count, 7))
    content = chance.choice((b"", b"{}", b"[]", b"PK\3\4"))
    depth = chance.choice((0, 0, 3, 30))
    suffix = chance.choice((".json", ".xlsx"))
    made = [
        Member(("街/" * depth + f"{number % names}{suffix}").encode(), content) for number in range(count)
    ]
    return _archive("archive of many", [*made, sound()])


def _overlapping(chance: Random) -> Hostile:
    """One run of zeros that thousands of members call their own, or each the rest of it; or one reaches too far."""
    packed, told = _zeros(chance.choice((1, 19, 21)))
    count = chance.choice((2, 500, 20_000))
    name = chance.choice(("{}.json", "{}.xlsx", "甲.json"))
    zeros = Member(name.format(0).encode(), b"", packed=packed, told=told)
    way = chance.choice(("shared", "nested", "reaching"))
    if way == "reaching":
        made = [zeros, replace(zeros, name=b"1.json", told={**told, "packed": len(packed) + 40})]
        return _archive("archive reaching", [*made, sound()], is_sound=False)
    step = 0 if way == "shared" else 1
    shared = [
        replace(zeros, name=name.format(n).encode(), packed=b"", told=_rest(told, len(packed), n * step))
        for n in range(1, count)
    ]
    return _archive(f"archive {way}", [zeros, *shared, sound()], is_sound=False)


def _rest(told: dict[str, int], packed: int, offset: int) -> dict[str, int]:
    """What is said of a member that begins inside the first one and ends with it."""
    return {**told, "offset": offset, "packed": max(packed - offset, 1)}


def _bytes(chance: Random) -> Hostile:
    """A sound archive cut off, or with bytes changed."""
    whole = put_together([sound(), Member("部门.xlsx".encode(), workbook(), method=STORED)])
    if chance.random() < 0.3:
        return Hostile("archive cut off", ARCHIVE, whole[: chance.randrange(len(whole))])
    return Hostile("archive bytes", ARCHIVE, mutations.bytes_changed(whole, chance))


KINDS: dict[str, Callable[[Random], Hostile]] = {
    "archive-names": _names,
    "archive-headers": _headers,
    "archive-contents": _contents,
    "archive-tight": _tight,
    "archive-many": _many,
    "archive-overlapping": _overlapping,
    "archive-bytes": _bytes,
}
WEIGHTS = (5, 4, 4, 2, 1, 1, 3)


def hostile_archive(chance: Random) -> Hostile:
    """An archive of any kind."""
    return KINDS[chance.choices(list(KINDS), WEIGHTS)[0]](chance)
