"""Build ``templates/shared/frame.docx``: the Word file of one empty page that every form starts from.

    python scripts/build_frame.py

It has only the parts the form needs. python-docx's own template is one of an English Word 2010 on a Mac
and brings a theme, 160 styles and more along.
"""

from __future__ import annotations

from io import BytesIO
from typing import cast
from zipfile import ZipFile

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import nsdecls, qn
from docx.oxml.settings import CT_Settings
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from zhengti_zip.base.files import write_atomically
from zhengti_zip.base.package import zipped
from zhengti_zip.word.document import frame_file
from zhengti_zip.word.styles import (
    FONT,
    FOOTER,
    HEADER,
    LANGUAGE,
    NUMBER_PT,
    PAGE_BREAK,
    PLACEHOLDER,
    SIGNATURE,
    SPACER,
    TITLE,
    CellStyle,
)

LATIN_LANGUAGE = "en-US"
"""Language of Latin letters and digits, as Chinese Word has it: told that they are Chinese, LibreOffice
breaks lines inside words and numbers (1,234.5|6)."""

SPACER_PT = 1.0
"""Height in pt of the paragraphs Word requires between two tables and after the last one."""

W = nsdecls("w")
FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'

# Every form has a main part of its own, from the template word.xml.j2.
DOCUMENT = f"<w:document {W}><w:body><w:sectPr/></w:body></w:document>"

# The compatibility settings are those of Word 2013 and later; without them Word sets text as older ones did.
SETTINGS = f"""
<w:settings {W}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="420"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:useFELayout/>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
    <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
                     w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
    <w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  </w:compat>
  <w:themeFontLang w:val="{LATIN_LANGUAGE}" w:eastAsia="{LANGUAGE}"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""

# Programs without the font are told what it is like, and its other name.
FONT_TABLE = f"""
<w:fonts {W}>
  <w:font w:name="{FONT}">
    <w:altName w:val="SimSun"/>
    <w:panose1 w:val="02010600030101010101"/>
    <w:charset w:val="86"/>
    <w:family w:val="auto"/>
    <w:pitch w:val="variable"/>
  </w:font>
</w:fonts>
"""

# Styles Word knows but the form does not use are not offered.
STYLES = f"""
<w:styles {W}>
  <w:docDefaults>
    <w:rPrDefault>
      <w:rPr>{FONTS}<w:lang w:val="{LATIN_LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr>
    </w:rPrDefault>
    <w:pPrDefault><w:pPr/></w:pPrDefault>
  </w:docDefaults>
  <w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"
                  w:defQFormat="0" w:count="376"/>
  <w:style w:type="table" w:default="1" w:styleId="TableNormal">
    <w:name w:val="Normal Table"/>
    <w:uiPriority w:val="99"/>
    <w:semiHidden/>
    <w:tblPr>
      <w:tblInd w:w="0" w:type="dxa"/>
      <w:tblCellMar>
        <w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
        <w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>
      </w:tblCellMar>
    </w:tblPr>
  </w:style>
</w:styles>
"""

# Lines break as zhengti_zip.base.line_breaking breaks them: Word by itself lets marks hang over the edge and widens
# the seam of Chinese and digits.
LINE_BREAKING = """
<w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:overflowPunct w:val="0"/><w:topLinePunct w:val="0"/>
<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>
"""

# The theme: Word offers its fonts and colours for what a reviewer adds; no style of the form refers to it.
COLOURS = {
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


def build() -> bytes:
    """The frame."""
    package = Package()
    part = DocumentPart(
        PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, parse_xml(DOCUMENT), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    core = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    styles = StylesPart(PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, parse_xml(STYLES), package)
    part.relate_to(styles, RELATIONSHIP_TYPE.STYLES)
    settings = SettingsPart(
        PackURI("/word/settings.xml"),
        CONTENT_TYPE.WML_SETTINGS,
        cast(CT_Settings, parse_xml(SETTINGS)),
        package,
    )
    part.relate_to(settings, RELATIONSHIP_TYPE.SETTINGS)
    for name, kind, relation, content in (
        ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, FONT_TABLE),
        ("theme/theme1", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, _theme()),
    ):
        part.relate_to(Part(PackURI(f"/word/{name}.xml"), kind, _blob(content), package), relation)
    _add_styles(part.document)
    made = BytesIO()
    part.document.save(made)
    with ZipFile(made) as saved:
        return zipped({name: saved.read(name) for name in saved.namelist()})


def _add_styles(document: Document) -> None:
    """The styles every form has; sizes that differ from form to form are set when it is printed."""
    normal = _paragraph_style(document, "Normal", "Normal")
    normal.element.set(qn("w:default"), "1")
    _apply(normal.element.get_or_add_pPr(), f"<w:pPr {W}>{LINE_BREAKING}</w:pPr>")
    _apply(normal.element.get_or_add_rPr(), f"<w:rPr {W}>{FONTS}</w:rPr>")

    plain = document.styles.add_style("Default Paragraph Font", WD_STYLE_TYPE.CHARACTER, builtin=True)
    plain.element.set(qn("w:default"), "1")
    plain.priority, plain.hidden = 1, True
    hint = document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER, builtin=True)
    assert hint.style_id == PLACEHOLDER
    hint.base_style, hint.priority = plain, 99
    hint.font.color.rgb = RGBColor(0x80, 0x80, 0x80)

    title = _paragraph_style(document, "Title", TITLE)
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.font.bold = title.font.cs_bold = True
    # The gap below the title belongs under its last line only.
    _apply(title.element.get_or_add_pPr(), f"<w:pPr {W}><w:contextualSpacing/></w:pPr>", before="w:jc")

    for name, style_id in (("Header", HEADER), ("间隔", SPACER)):
        _thin(_paragraph_style(document, name, style_id))
    footer = _paragraph_style(document, "Footer", FOOTER)
    footer.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.font.size = Pt(NUMBER_PT)
    _paragraph_style(document, "签章栏", SIGNATURE).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    turn = _paragraph_style(document, "分页", PAGE_BREAK)
    turn.paragraph_format.page_break_before = True
    _thin(turn)
    turn.base_style = document.styles["间隔"]

    for plain, side in (
        (CellStyle(True), WD_ALIGN_PARAGRAPH.CENTER),
        (CellStyle(False, is_left=True), WD_ALIGN_PARAGRAPH.LEFT),
    ):
        base = _paragraph_style(document, plain.name(()), plain.style_id)
        base.paragraph_format.alignment = side


def _paragraph_style(document: Document, name: str, style_id: str) -> ParagraphStyle:
    """A paragraph style of that name; the names that are not Chinese are Word's own."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.isascii())
    assert isinstance(style, ParagraphStyle)
    style.style_id, style.quick_style = style_id, True
    if name != "Normal":
        style.base_style = document.styles["Normal"]
    return style


def _thin(style: ParagraphStyle) -> None:
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(SPACER_PT)
    style.font.size = Pt(SPACER_PT)


def _apply(properties: BaseOxmlElement, more: str, before: str = "") -> None:
    """Put what python-docx has no names for into the properties of a style, before one of them or last."""
    place = properties.find(qn(before)) if before else None
    for made in parse_xml(more):
        if place is None:
            properties.append(made)
        else:
            place.addprevious(made)


def _theme() -> str:
    colours = "".join(f'<a:{role}><a:srgbClr val="{value}"/></a:{role}>' for role, value in COLOURS.items())
    faces = f'<a:latin typeface="{FONT}"/><a:ea typeface="{FONT}"/><a:cs typeface="{FONT}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return f"""
<a:theme {nsdecls("a")} name="{FONT}">
  <a:themeElements>
    <a:clrScheme name="{FONT}">{colours}</a:clrScheme>
    <a:fontScheme name="{FONT}">
      <a:majorFont>{faces}</a:majorFont>
      <a:minorFont>{faces}</a:minorFont>
    </a:fontScheme>
    <a:fmtScheme name="{FONT}">
      <a:fillStyleLst>{fill * 3}</a:fillStyleLst>
      <a:lnStyleLst>{line * 3}</a:lnStyleLst>
      <a:effectStyleLst>{effect * 3}</a:effectStyleLst>
      <a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>
    </a:fmtScheme>
  </a:themeElements>
</a:theme>
"""


def _blob(text: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text.encode("utf-8")


def main() -> None:
    """Write the frame."""
    write_atomically(frame_file(), build())


if __name__ == "__main__":
    main()
