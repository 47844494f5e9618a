"""Print HTML with WeasyPrint, as its users do:  python print_html.py FOLDER FORM.html…"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    from weasyprint import HTML

    folder, *sources = map(Path, sys.argv[1:])
    for source in sources:
        HTML(source).write_pdf(folder / f"{source.stem}.pdf")
