"""What becomes of each element of a slide: carried, told, or left out for a reason (ECMA-376, part 1).

Names bear the prefixes that the standard uses. Attributes follow their element: they say how it looks, what it is
called, or which other part it shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.exchange.tagnames import names_in

_SPACES = {
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.microsoft.com/office/drawing/2010/main": "a14",
    "http://schemas.microsoft.com/office/powerpoint/2010/main": "p14",
}


CARRIED = names_in("""
    p:sld p:cSld p:spTree p:sp p:cxnSp p:pic p:graphicFrame p:grpSp mc:AlternateContent mc:Choice mc:Fallback
    p:nvSpPr p:nvPicPr p:nvGraphicFramePr p:nvGrpSpPr p:nvCxnSpPr p:cNvPr p:nvPr p:ph p:txBody
    a:p a:r a:fld a:br a:t a:pPr a:rPr a:hlinkClick a:buChar a:buAutoNum a:buNone a14:m m:oMath m:oMathPara
    a:graphic a:graphicData a:tbl a:tr a:tc a:tblPr a:txBody p:blipFill a:blip
    a:audioFile a:wavAudioFile a:audioCd a:videoFile a:quickTimeFile
""")
"""Elements whose words, pictures or place in a list come over, or that `sclt.exchange.slides` tells."""
TOLD = {
    "p:contentPart": "handwriting is left out",
    "p14:contentPart": "handwriting is left out",
    "p:timing": "the order in which things appear on the slide is left out",
    "a:hlinkMouseOver": "what happens under a mouse that does not click is left out",
    "a:buBlip": "pictures as bullets are left out",
    "p:bg": "a picture behind the slide is left out",
    "p:spPr": "a picture that fills a shape is left out",
}
"""Elements that do not come over, and what is said of them; of those that only dress, where they hold a picture."""
_DRESS = names_in("p:bg p:spPr")
IGNORED = {
    "looks": "p:style p:grpSpPr p:clrMapOvr p:transition p:xfrm a:bodyPr a:lstStyle a:endParaRPr a:tblGrid a:tcPr "
    "a:trPr a:tableStyleId a:stretch a:srcRect a:tile a:fillRect a:lnSpc a:spcBef a:spcAft a:buClr a:buClrTx a:buSzPct "
    "a:buSzPts a:buSzTx a:buFont a:buFontTx a:tabLst a:defRPr a:ln a:noFill a:solidFill a:gradFill a:blipFill "
    "a:pattFill a:grpFill a:effectLst a:effectDag a:highlight a:uLn a:uLnTx a:uFill a:uFillTx a:latin a:ea a:cs a:sym "
    "a:rtl a:effectClr a:tblBg",
    "locks and marks of the program": "p:cNvSpPr p:cNvPicPr p:cNvGraphicFramePr p:cNvGrpSpPr p:cNvCxnSpPr p:extLst "
    "a:extLst p:custDataLst p:controls p:hf a:snd a:alphaModFix a:biLevel a:blur a:clrChange a:clrRepl a:duotone "
    "a:grayscl a:lum a:tint a:hsl a:fillOverlay a:alphaBiLevel a:alphaCeiling a:alphaFloor a:alphaInv a:alphaMod "
    "a:alphaRepl",
}
"""Elements that are left out without a word, by why; what lies in them is not looked at."""
_IGNORED = names_in(*IGNORED.values())
_WHOLE = names_in("a14:m m:oMath m:oMathPara")
"""Formulas, which are taken as a whole, as charts, diagrams and objects are."""


def name_of(element: etree._Element) -> str:
    """Return an element's name with the standard's prefix, or with its namespace where it is none of a slide's."""
    name = etree.QName(element)
    return f"{_SPACES.get(name.namespace or '', name.namespace or '')}:{name.localname}"


def fate_of(name: str) -> str:
    """Return what becomes of an element: carried, told, ignored, or unknown, which is told."""
    if name in CARRIED:
        return "carried"
    return "told" if name in TOLD else "ignored" if name in _IGNORED else "unknown"


def losses(root: etree._Element) -> Iterator[str]:
    """Yield what a slide has that no reader of it looks at; each thing once."""
    yield from dict.fromkeys(_losses(root))


def _losses(element: etree._Element) -> Iterator[str]:
    name = name_of(element)
    fate = fate_of(name)
    if fate == "told" and (name not in _DRESS or any(True for _ in element.iter("{*}blip"))):
        yield f"{TOLD[name]}."
    if fate == "unknown":
        said = " ".join(" ".join(map(str, element.itertext())).split())[:200]
        yield f"'{name.rpartition(':')[2][:40]}' is not known and left out" + (f": '{said}'." if said else ".")
    if fate != "carried" or name in _WHOLE or (name == "a:graphicData" and element.find("{*}tbl") is None):
        return
    for child in _parts(element) if name == "mc:AlternateContent" else element:
        if isinstance(child.tag, str):
            yield from _losses(child)


def _parts(choice: etree._Element) -> list[etree._Element]:
    """Return the form of several that is read."""
    older = older_of(choice)
    return [] if older is None else [older]


def older_of(choice: etree._Element) -> etree._Element | None:
    """Return the older of several forms of the same thing."""
    parts = {etree.QName(part).localname: part for part in choice if isinstance(part.tag, str)}
    return parts.get("Fallback", parts.get("Choice"))
