"""The 草稿 watermark: a WordArt shape in the page header, as Word's own watermark command makes it."""

from __future__ import annotations

from lxml import etree

from zhengti_zip.render.docx_styles import FONT

TEXT = "草稿"
HEIGHT_PT = 130
WIDTH_PT = len(TEXT) * HEIGHT_PT
ANGLE = 325
"""Degrees clockwise; the PDF turns its watermark 35 degrees the other way."""

# LibreOffice and WPS know a watermark, and Word's command removes it, by this beginning of its name.
NAME = "PowerPlusWaterMarkObject1"

_RUN = f"""
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
     xmlns:w10="urn:schemas-microsoft-com:office:word">
  <w:rPr><w:noProof/></w:rPr>
  <w:pict>
    <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
                 path="m@7,l@8,m@5,21600l@6,21600e">
      <v:formulas>
        <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
        <v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>
        <v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>
        <v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
        <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
      </v:formulas>
      <v:path textpathok="t" o:connecttype="custom"
              o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
      <v:textpath on="t" fitshape="t"/>
      <v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
      <o:lock v:ext="edit" text="t" shapetype="t"/>
    </v:shapetype>
    <v:shape id="{NAME}" o:spid="_x0000_s2049" type="#_x0000_t136" alt="{TEXT}" o:allowincell="f"
             style="position:absolute;margin-left:0;margin-top:0;width:{WIDTH_PT}pt;height:{HEIGHT_PT}pt;rotation:{ANGLE};z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
             fillcolor="#d9d9d9" stroked="f">
      <v:textpath style="font-family:&quot;{FONT}&quot;;font-size:1pt" string="{TEXT}"/>
      <w10:wrap anchorx="margin" anchory="margin"/>
    </v:shape>
  </w:pict>
</w:r>
"""


def watermark() -> etree._Element:
    """The run that holds the watermark."""
    return etree.fromstring(_RUN, etree.XMLParser(remove_blank_text=True))
