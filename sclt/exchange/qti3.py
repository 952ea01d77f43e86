"""Writes QTI 3.0 items (1EdTech, Assessment, Section and Item Information Model 3.0, 2022): QTI 2.1 in other names.

`sclt.exchange.qti` reads both. QTI 3 puts ``qti-`` before its own elements, writes names with hyphens, leaves those of
HTML as they are, and holds feedback in a ``qti-content-body``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from sclt.exchange.formats import Format, Writer
from sclt.exchange.qti import write_items
from sclt.exchange.qtitags import is_own, local
from sclt.exchange.qtiwrite import NS as NS_2
from sclt.exchange.qtiwrite import Packaging, make_item
from sclt.model.course import Module, Question
from sclt.model.finding import Finding

NS = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = Packaging(
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "QTI Package", "3.0.0", "imsqti_item_xmlv3p0"
)
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
_HOLD_BODY = ("qti-modal-feedback", "qti-feedback-block", "qti-rubric-block")
"""What has its text in a body of its own (3.0, 7.2)."""


def write_item_3(question: Question, language: str) -> bytes:
    """Return a question as an item; raises ValueError where QTI has no counterpart."""
    return etree.tostring(as_qti3(make_item(question, language)), xml_declaration=True, encoding="UTF-8")


def as_qti3(element: etree._Element) -> etree._Element:
    """Return an item of QTI 2.1 as one of QTI 3; formulas stay in the namespace of MathML."""
    if not str(element.tag).startswith(f"{{{NS_2}}}"):
        return element
    own = is_own(local(element))
    name = f"qti-{hyphened(local(element))}" if own else local(element)
    facts = {hyphened(str(key)) if own else str(key): str(value) for key, value in element.attrib.items()}
    namespaces: Any = {None: NS}
    made = etree.Element(f"{{{NS}}}{name}", facts, nsmap=namespaces)
    inner = etree.SubElement(made, f"{{{NS}}}qti-content-body") if name in _HOLD_BODY else made
    inner.text, made.tail = element.text, element.tail
    inner.extend([as_qti3(child) for child in element])
    return made


def hyphened(name: str) -> str:
    """Return a name of QTI 2 as QTI 3 spells it: ``baseType`` is ``base-type``; one with a namespace stays."""
    return name if name.startswith("{") else _CAPITAL.sub(lambda match: f"-{match[1].lower()}", name)


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    return write_items(_PACKAGE, write_item_3, (module, root, language, out))


FORMAT = Format("qti3", "QTI 3", writer=Writer(_write, "the same as items of QTI 3.0"))
