"""Fill a template with docxtpl, as its users do:  python fill_docx.py TEMPLATE FOLDER VALUES.json…"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def fill(template: Path, values: dict[str, str], target: Path) -> None:
    """Write one filled copy."""
    from docxtpl import DocxTemplate

    document: Any = DocxTemplate(str(template))
    document.render(values, autoescape=True)
    document.save(str(target))


if __name__ == "__main__":
    template, folder, *sources = map(Path, sys.argv[1:])
    for source in sources:
        values = json.loads(source.read_text(encoding="utf-8"))
        fill(template, values, folder / f"{source.stem}.docx")
