"""The theme of the Word file: Word offers its fonts and colours for what a reviewer adds.

No style of the form refers to it, so it changes nothing that is printed.
"""

from __future__ import annotations

from itertools import starmap

NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "404040",
    "lt2": "F2F2F2",
    "accent1": "1F4E79",
    "accent2": "C00000",
    "accent3": "548235",
    "accent4": "BF8F00",
    "accent5": "7030A0",
    "accent6": "808080",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_part(font: str, name: str) -> str:
    """The part, with one font for every script."""
    colours = "".join(starmap(_colour, _COLOURS.items()))
    faces = f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface="{font}"/>'
    line = f'<a:ln w="6350">{_FILL}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{NAMESPACE}" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{name}"><a:majorFont>{faces}</a:majorFont>'
        f"<a:minorFont>{faces}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _colour(role: str, value: str) -> str:
    return f'<a:{role}><a:srgbClr val="{value}"/></a:{role}>'
