"""Set the form with Typst:  python typeset.py FONTS FOLDER FORM.json…

The compiler is kept from form to form, which is the quick way to use it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("form.typ")


def compiler(fonts: Path) -> Any:
    """A compiler that knows the fonts of the form and no others."""
    from typst import Compiler

    return Compiler(str(TEMPLATE), font_paths=[str(fonts)], ignore_system_fonts=True)


def typeset(made: Any, grid: str) -> bytes:
    """One form as PDF."""
    content: bytes = made.compile(format="pdf", sys_inputs={"form": grid})
    return content


if __name__ == "__main__":
    fonts, folder, *sources = map(Path, sys.argv[1:])
    made = compiler(fonts)
    for source in sources:
        pdf = typeset(made, source.read_text(encoding="utf-8"))
        (folder / f"{source.stem}.pdf").write_bytes(pdf)
