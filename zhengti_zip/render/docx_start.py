"""The package python-docx starts from: only the parts the form needs.

Its own template is one of an English Word 2010 on a Mac and brings a theme, 160 styles and more along,
which takes longer to read and to remove than to do without.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from zhengti_zip.render.docx_styles import FONT, LANGUAGE, LATIN_LANGUAGE
from zhengti_zip.render.docx_theme import theme_part
from zhengti_zip.render.docx_xml import HEAD, W

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}

# Told by the template of Word 2013 and later, all of them; without them Word sets text as older ones did.
_MODES = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}
_COMPATIBILITY = "".join(
    f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
    for name, value in _MODES.items()
)

# Programs without the font are told what it is like, and its other name.
_FONT_TABLE = (
    f'<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="SimSun"/>'
    '<w:panose1 w:val="02010600030101010101"/><w:charset w:val="86"/><w:family w:val="auto"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
_SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    f"<w:compat><w:useFELayout/>{_COMPATIBILITY}</w:compat>"
    f'<w:themeFontLang w:val="{LATIN_LANGUAGE}" w:eastAsia="{LANGUAGE}"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
# Styles Word knows but the form does not use are not offered.
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:latentStyles w:defLockedState="0" w:defUIPriority="99"'
    ' w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/></w:styles>'
)


def start_package() -> BytesIO:
    """A Word file of one empty page."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_RELATION}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            (f"{_RELATION}/styles", "styles.xml"),
            (f"{_RELATION}/settings", "settings.xml"),
            (f"{_RELATION}/fontTable", "fontTable.xml"),
            (f"{_RELATION}/theme", "theme/theme1.xml"),
        ),
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _FONT_TABLE,
        "word/theme/theme1.xml": theme_part(FONT, FONT),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
    }
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, (HEAD + content).encode("utf-8"))
    made.seek(0)
    return made


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*relations: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
