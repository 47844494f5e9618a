"""The streams of a PDF deflated once.

pydyf works out the bytes of every object twice, the second time for the identifier PDF/A asks for, and deflates streams
at the highest level each time. The usual level takes a third of the time for two hundredths more bytes.
"""

from __future__ import annotations

import zlib
from typing import Any

PACKED = b"PK"
"""What .xlsx begins with; deflating it again would gain nothing."""


def deflate_streams(pdf: Any) -> None:
    """Deflate every stream of a ``pydyf.PDF`` that is to be compressed, so that pydyf does not.

    The streams that pydyf adds while it writes hold all other objects. They are deflated when they are added.
    """
    add = pdf.add_object

    def add_deflated(item: Any) -> None:
        _deflate(item)
        add(item)

    for item in pdf.objects:
        _deflate(item)
    pdf.add_object = add_deflated


def _deflate(item: Any) -> None:
    """Deflate an object, if it is a stream that is to be compressed."""
    import pydyf

    if not isinstance(item, pydyf.Stream) or not item.compress:
        return
    item.compress = False
    plain = item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    if not plain.startswith(PACKED):
        item.stream = [zlib.compress(plain)]
        item.extra["Filter"] = "/FlateDecode"
