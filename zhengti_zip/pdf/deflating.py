"""The streams of a PDF deflated once.

pydyf writes every stream twice, the second time to work out the identifier PDF/A asks for, and deflates it at the
highest level each time. The usual level takes a third of the time for two hundredths more bytes.
"""

from __future__ import annotations

import zlib
from typing import Any

PACKED = b"PK"
"""What .xlsx begins with; deflating it again would gain nothing."""


def deflate_streams(pdf: Any) -> None:
    """Deflate every stream of a ``pydyf.PDF`` that is to be compressed, so that pydyf does not."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            _deflate(item)


def _deflate(stream: Any) -> None:
    stream.compress = False
    plain = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    if not plain.startswith(PACKED):
        stream.stream = [zlib.compress(plain)]
        stream.extra["Filter"] = "/FlateDecode"
