"""File names from inside other people's files, made safe for every system; and paths that stay in their folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME_BYTES = 255
"""The longest name common file systems take, in UTF-8."""

MAX_SUFFIX_BYTES = 40
"""What follows the last dot counts as a suffix up to this length."""

MAX_FOLDERS = 8

_UNSAFE = re.compile(r'[<>:"/\\|?*\ufffd]')
"""Characters some system refuses, and the one that stands for bytes nobody could read."""

_HALVES = re.compile("[\ud800-\udfff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)", re.IGNORECASE)
"""Device names of Windows, which stay devices whatever suffix follows."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
"""Control characters, text direction marks, halves of characters and what is no character."""


def shown_name(name: str) -> str:
    """A name as it can be shown, stored and sent: what is no text in it, replaced.

    A file system may hold any bytes as a name, such as GBK that a Linux program unpacked; Python has those it
    cannot read as halves of characters, which no encoding takes.
    """
    return _HALVES.sub("\ufffd", name)


def safe_name(name: str, limit: int = MAX_NAME_BYTES) -> str:
    """A file name without folders, reserved words or characters some system refuses; never empty.

    Two different names may become the same one: whoever writes several files must look.

    Args:
        name: as found, perhaps with folders before it.
        limit: bytes of UTF-8 the result may have; a longer name is cut before its suffix.
    """
    base = _cleaned(name.replace("\\", "/").rpartition("/")[2])
    base = _shortened(base, limit)
    return _shortened(f"_{base}", limit) if not base or _RESERVED.match(base) else base


def safe_relative(path: str) -> PurePosixPath:
    """A path from inside an archive as one that never leaves the folder it is put into.

    Drive letters, roots and ``..`` are dropped, every part is made a safe name, and of very many
    folders only the innermost stay.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip(" .\0")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        del parts[0]
    return PurePosixPath(*map(safe_name, parts[-MAX_FOLDERS - 1 :] or ["_"]))


def _cleaned(name: str) -> str:
    # Composed first: one file must not have two spellings that only some systems tell apart.
    composed = unicodedata.normalize("NFC", name)
    visible = "".join("_" if unicodedata.category(c) in _INVISIBLE else c for c in composed)
    return _trimmed(_UNSAFE.sub("_", visible))


def _trimmed(name: str) -> str:
    """Without blanks around it or dots: Windows drops those at the end, others hide what begins with one."""
    return name.strip(" .\u3000\xa0")


def _shortened(name: str, limit: int) -> str:
    if len(name.encode("utf-8")) <= limit:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = (dot + suffix).encode("utf-8")
    if not stem or len(ending) > min(MAX_SUFFIX_BYTES, limit // 2):
        stem, ending = name, b""
    kept = stem.encode("utf-8")[: limit - len(ending)].decode("utf-8", "ignore")
    return _trimmed(kept) + ending.decode("utf-8")
