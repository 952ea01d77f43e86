"""A manifest with what is told put right, so that a schema sees what lies behind.

libxml2 looks no further in an element once a part of it is misplaced.
"""

from __future__ import annotations

import copy

from lxml import etree

from sclt.editions import PACKAGED
from sclt.validation.facts.order import ORDER, ordered
from sclt.validation.read.xmltext import child, local, space

_PARTS = ("organizations", "resources")


class Twin:
    """Stands for a manifest: its ``root`` is the manifest's own until something is put right, and then a copy's."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._own: dict[etree._Element, etree._Element] | None = None

    def own(self, element: etree._Element) -> etree._Element | None:
        """Return the manifest's own element, None for one that was put in."""
        return element if self._own is None else self._own.get(element)

    def _copied(self) -> etree._Element:
        if self._own is None:
            first = self.root
            self.root = copy.deepcopy(first)
            self._own = dict(zip(self.root.iter(), first.iter(), strict=True))
        return self.root

    def complete(self, kind: str) -> None:
        """Put the manifest into the namespace of its edition, and in the parts that it cannot be without.

        Rules of their own tell that they are missing.
        """
        edition = PACKAGED[kind]
        wanted = edition.namespaces[""]
        if edition.root != "manifest" or local(self.root) != "manifest":
            return
        if space(self.root) not in edition.namespaces.values():
            _move(self._copied(), space(self.root), wanted)
        for name in _PARTS:
            if child(self.root, name) is None:
                self._copied().append(etree.Element(f"{{{wanted}}}{name}"))
                self.reorder(self.root)

    def reorder(self, parent: etree._Element) -> None:
        """Put the parts of an element of ``root`` in order."""
        parent[:] = ordered(parent)

    def mend(self, misplaced: list[etree._Element], foreign: list[tuple[etree._Element, str]]) -> bool:
        """Put what is misplaced in order and take what is foreign out: elements, or attributes where one is named.

        The elements are of ``root``. Returns whether anything was changed.
        """
        if not (misplaced or foreign):
            return False
        if self._own is None:
            twins = {own: twin for twin, own in self._twins().items()}
            misplaced = [twins[element] for element in misplaced]
            foreign = [(twins[element], attribute) for element, attribute in foreign]
        for parent in {element.getparent(): None for element in misplaced}:
            if parent is not None:
                self.reorder(parent)
        for element, attribute in foreign:
            _take_out(element, attribute)
        return True

    def _twins(self) -> dict[etree._Element, etree._Element]:
        self._copied()
        return self._own or {}


def _move(root: etree._Element, old: str, new: str) -> None:
    """Put what is of content packaging into another namespace."""
    names = {*ORDER, "schema", "schemaversion", "title", "file", "dependency"}
    for element in root.iter("{*}*"):
        if space(element) == old and local(element) in names:
            element.tag = f"{{{new}}}{local(element)}"


def _take_out(element: etree._Element, attribute: str) -> None:
    if attribute:
        if attribute in element.attrib:
            del element.attrib[attribute]
    elif (parent := element.getparent()) is not None:
        parent.remove(element)
