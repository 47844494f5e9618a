"""Pages as pictures, for a quick look."""

from __future__ import annotations

from io import BytesIO

LEAST_DPI, MOST_DPI = 36, 600


def page_pictures(pdf: bytes, dpi: int = 110) -> list[bytes]:
    """Every page of a form as PNG, in grey: a form has no colours, and a third of the bytes takes a third of the time.

    Args:
        pdf: the file.
        dpi: dots per inch, from 36 to 600.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = []
        for page in document:
            stream = BytesIO()
            page.render(scale=dpi / 72, grayscale=True).to_pil().save(stream, format="PNG")
            page.close()
            pictures.append(stream.getvalue())
        return pictures
    finally:
        document.close()
