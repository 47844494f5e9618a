"""Every object of a PDF written out once.

pydyf serialises all objects a second time, deflating every stream again, to work out the identifier
PDF/A asks for; and it deflates at the highest level, which takes three times as long as the usual one
for two hundredths of the size. Together that was a sixth of the time of a render.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

PACKED = b"PK"
"""What .xlsx begins with; deflating it again would gain nothing."""


def settle(pdf: Any) -> None:
    """Replace the objects of a ``pydyf.PDF`` that is complete by their final bytes.

    Those it adds while it is written, with the other objects inside, are deflated as they come.
    """
    import pydyf

    settled, add = _class(), pdf.add_object
    pdf.objects[:] = [item if item.free == "f" else settled(item) for item in pdf.objects]

    def add_deflated(item: Any) -> None:
        if isinstance(item, pydyf.Stream) and item.compress:
            _deflate(item)
        add(item)

    pdf.add_object = add_deflated


@cache
def _class() -> Any:
    import pydyf

    written = _writer()

    class Settled(pydyf.Object):  # type: ignore[misc]
        """An object whose bytes are worked out already."""

        data, compressible = b"", False  # values where the class has properties

        def __init__(self, item: Any) -> None:
            super().__init__()
            self.number, self.generation = item.number, item.generation
            self.compressible = item.compressible
            if isinstance(item, pydyf.Stream) and item.compress:
                _deflate(item)
            self.data = written(item)

    return Settled


@cache
def _writer() -> Callable[[Any], bytes]:
    """What pydyf writes for a value, without asking of each what it is: a form has a thousand tags of five entries."""
    from pydyf import Array, Dictionary, _to_bytes

    keys: dict[str, bytes] = {}

    def written(value: Any) -> bytes:
        kind = type(value)
        if kind is Dictionary:
            entries = [b"<<"]
            for name, item in value.items():
                entries.append(keys.get(name) or keys.setdefault(name, b"/" + _to_bytes(name) + b" "))
                entries.append(item if type(item) is bytes else written(item))
            return b"".join(entries) + b">>"
        if kind is Array:
            return b"[" + b" ".join([item if type(item) is bytes else written(item) for item in value]) + b"]"
        if kind is str:
            return value.encode("ascii")  # type: ignore[no-any-return]
        return _to_bytes(value)  # type: ignore[no-any-return]

    return written


def _deflate(stream: Any) -> None:
    """Deflate a stream in place, so that nobody does it again."""
    stream.compress = False
    parts = stream.stream
    content = parts[0] if len(parts) == 1 and isinstance(parts[0], bytes) else None
    if content is not None and content.startswith(PACKED):
        return
    plain = (
        stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream") if content is None else content
    )
    stream.stream = [zlib.compress(plain)]
    stream.extra["Filter"] = "/FlateDecode"
