"""What becomes of each element of a Word document's text: carried, told, or left out for a reason (ECMA-376, part 1).

Names bear the prefixes that the standard uses. Attributes follow their element: those of elements that are carried say
how a thing looks or refer to another part, which is read for it.
"""

from __future__ import annotations

from lxml import etree

from sclt.exchange.tagnames import names_in

SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
}


CARRIED = names_in("""
    w:document w:body w:p w:r w:t w:tab w:br w:cr w:ptab w:noBreakHyphen w:softHyphen w:sym w:tbl w:tr w:tc w:hyperlink
    w:ins w:moveTo w:smartTag w:customXml w:sdt w:sdtContent w:fldSimple w:dir w:bdo w:ruby w:rubyBase w:rt w:drawing
    w:pict w:object w:txbxContent w:footnoteReference w:endnoteReference w:footnotes w:footnote w:endnotes w:endnote
    w:fldChar w:instrText m:oMath m:oMathPara mc:AlternateContent mc:Choice mc:Fallback wp:inline wp:anchor v:group
    v:rect v:roundrect v:shape v:textbox v:imagedata w:subDoc
""")
"""Elements whose words or pictures come over."""
TOLD = {
    "w:del": "text that was struck out while changes were tracked is left out",
    "w:moveFrom": "text that was moved away while changes were tracked is left out",
    "w:commentReference": "a comment is left out",
    "w:altChunk": "a part that is a file of its own is left out",
    "w:contentPart": "handwriting is left out",
    "w:control": "a control is left out",
    "w:movie": "a film is left out",
    "w:vanish": "hidden text is shown",
}
"""Elements that do not come over as they are, and what is said of them."""
IGNORED = {
    "looks": "w:pPr w:rPr w:tblPr w:tblPrEx w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:rubyPr w:smartTagPr "
    "w:customXmlPr w:background v:background v:shapetype v:shadow v:fill v:stroke v:path v:formulas v:handles",
    "marks for the word processor": "w:proofErr w:lastRenderedPageBreak w:permStart w:permEnd w:annotationRef "
    "w:footnoteRef w:endnoteRef w:separator w:continuationSeparator w:commentRangeStart w:commentRangeEnd "
    "w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd w:customXmlInsRangeStart "
    "w:customXmlInsRangeEnd w:customXmlDelRangeStart w:customXmlDelRangeEnd w:customXmlMoveFromRangeStart "
    "w:customXmlMoveFromRangeEnd w:customXmlMoveToRangeStart w:customXmlMoveToRangeEnd w:fldData w:pgNum "
    "w:dayShort w:dayLong w:monthShort w:monthLong w:yearShort w:yearLong w:delInstrText w:delText",
    "places that links within the document lead to": "w:bookmarkStart w:bookmarkEnd",
}
"""Elements that are left out without a word, by why; what lies in them is not looked at."""
_IGNORED = names_in(*IGNORED.values())
_WHOLE = names_in("m:oMath m:oMathPara wp:inline wp:anchor w:pict w:object")
"""Elements that are taken as a whole: what lies in them is a formula or a drawing."""


def name_of(element: etree._Element) -> str:
    """Return an element's name with the standard's prefix, or with its namespace where it is none of Word's."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    prefix = SPACES.get(name.namespace or "", name.namespace or "")
    return f"{prefix}:{name.localname}"


def fate_of(name: str) -> str:
    """Return what becomes of an element: carried, told, ignored, or unknown."""
    if name in CARRIED:
        return "carried"
    return "told" if name in TOLD else "ignored" if name in _IGNORED else "unknown"


def is_whole(name: str) -> bool:
    """Tell whether what lies in an element is not looked at one by one."""
    return name in _WHOLE or fate_of(name) in ("ignored", "told")
