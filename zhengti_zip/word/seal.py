"""A Word file knows whether it is still as it was made: a digest of all its parts stands beside the data inside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from zhengti_zip.base.errors import InputError
from zhengti_zip.base.limits import PackedParts

DATA_PART = "customXml/item1.xml"
EMPTY_SEAL = ' digest=""'
"""The attribute of the data inside that the digest goes into."""

_SEAL = re.compile(rb'(<submission\s[^<>]*? digest=")([0-9a-f]{64})(")')


def sealed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a Word file with their digest in the data inside; as they are where no data are inside.

    Any program that saves the file writes other parts, so that the digest is right only while nobody did.
    """
    data = parts.get(DATA_PART)
    if data is None:
        return dict(parts)
    digest = _digest(parts).encode("ascii")
    return {**parts, DATA_PART: data.replace(EMPTY_SEAL.encode("ascii"), b' digest="' + digest + b'"', 1)}


def is_untouched(content: bytes) -> bool:
    """Whether a file is a Word file of this program that nobody has saved since; no proof against forgery."""
    file = Path("word.docx")
    try:
        packed = PackedParts(file, content)
        parts = {name: packed.read(name) for name in packed.ordered}
    except InputError:
        return False
    found = _SEAL.search(parts.get(DATA_PART, b""))
    if found is None:
        return False
    bare = _SEAL.sub(rb"\1\3", parts[DATA_PART], count=1)
    return _digest({**parts, DATA_PART: bare}).encode("ascii") == found.group(2)


def _digest(parts: Mapping[str, bytes]) -> str:
    hashed = sha256()
    for name in sorted(parts):
        key = name.encode("utf-8", "surrogatepass")
        hashed.update(b"%d %d " % (len(key), len(parts[name])) + key + parts[name])
    return hashed.hexdigest()
