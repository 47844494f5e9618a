"""Safe file names: allowed on every system, and relative paths that stay inside their folder."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME_BYTES = 255
"""The longest name that common file systems allow, in bytes of UTF-8."""

MAX_SUFFIX_BYTES = 40
"""The text after the last dot is a suffix if it is no longer than this, in bytes of UTF-8."""

MAX_FOLDERS = 8

_UNSAFE = re.compile(r'[<>:"/\\|?*\ufffd]')
"""Characters that some system does not allow, and the replacement character."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)", re.IGNORECASE)
"""Device names of Windows; they are reserved with any suffix, too."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
"""Unicode categories: control and format characters, surrogates, unassigned ones, separators of lines."""


def shown_name(name: str) -> str:
    """A file name with lone surrogates replaced, so that it can be encoded, shown and stored.

    A file name on Linux may be any bytes, such as GBK from an archive. Python reads bytes that are not
    UTF-8 as lone surrogates (PEP 383), which no encoding accepts.
    """
    return _SURROGATES.sub("\ufffd", name)


def safe_name(name: str, limit: int = MAX_NAME_BYTES) -> str:
    """A file name without folders, reserved names and forbidden characters; never empty.

    Two different names may become the same; the caller must check when it writes several files.

    Args:
        name: the original name, with or without folders.
        limit: most bytes of UTF-8 in the result; a longer name is cut before its suffix.
    """
    base = _cleaned(name.replace("\\", "/").rpartition("/")[2])
    base = _shortened(base, limit)
    return _shortened(f"_{base}", limit) if not base or _RESERVED.match(base) else base


def named_after(text: str, limit: int = MAX_NAME_BYTES) -> str:
    """A file name made of what people typed, such as a department: a slash in it is no folder.

    Args:
        limit: as of :func:`safe_name`.
    """
    return safe_name(text.replace("/", "_").replace("\\", "_"), limit)


def safe_relative(path: str) -> PurePosixPath:
    """A path from an archive as a relative path that stays inside the folder it is unpacked to.

    Drive letters, roots and ``..`` are dropped, and every part is made a safe name. Of more than
    MAX_FOLDERS folders only the innermost are kept.
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip(" .\0")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        del parts[0]
    return PurePosixPath(*map(safe_name, parts[-MAX_FOLDERS - 1 :] or ["_"]))


def _cleaned(name: str) -> str:
    # NFC first: some systems treat composed and decomposed spellings as one name, others as two.
    composed = unicodedata.normalize("NFC", name)
    visible = "".join("_" if unicodedata.category(c) in _INVISIBLE else c for c in composed)
    return _trimmed(_UNSAFE.sub("_", visible))


def _trimmed(name: str) -> str:
    """Without dots and blanks at both ends: Windows drops them at the end; a leading dot hides a file on Linux."""
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
