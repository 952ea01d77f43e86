"""Turns the tables of edits in data/ into manifests to be judged."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from tests.places import table

DATA = Path(__file__).with_name("data")
PREFIXES: Mapping[str, str] = table(DATA / "prefixes.yaml")

Node: TypeAlias = etree._Element
Edit = tuple[str, Any]


@dataclass(frozen=True)
class Case:
    """A manifest made from a base by edits.

    `verdict` only where no official schema can give it; `word` where the case is one of a list.
    """

    id: str
    standard: str
    base: str
    says: str
    edits: tuple[Edit, ...]
    verdict: str = ""
    word: str = ""

    def manifest(self) -> bytes:
        tree = base_tree(self.base)
        for edit in self.edits:
            apply(edit, tree)
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def all_cases() -> list[Case]:
    return [case for path in sorted((DATA / "cases").glob("*.yaml")) for case in cases_of(path)]


def cases_of(path: Path) -> Iterator[Case]:
    read = table(path)
    for row in read["cases"]:
        for base in row.get("bases", read["bases"]):
            yield from cases_of_row(row, base)


def cases_of_row(row: Mapping[str, Any], base: str) -> Iterator[Case]:
    """One case, or one for each word of `for`, which takes the place of `$`."""
    for word in row.get("for", [""]):
        name = f"{base}/{row['id']}" + (f"-{word.replace('/lom:', '.')}" if word else "")
        edits = tuple(filled(edits_of(row), {"$": word}))
        yield Case(name, bases()[base]["standard"], base, row["says"], edits, row.get("verdict", ""), word)


def sweep_cases() -> Iterator[Case]:
    """Every edit of sweeps.yaml at every place that it names."""
    read = table(DATA / "sweeps.yaml")
    for base, places in read["places"].items():
        for node in find(base_tree(base), places):
            at = place(node)
            for name, edit in read["elements"].items():
                yield sweep_case(base, name, at, edit, {"$": at})
            for attribute in own_attributes(node):
                for name, edit in read["attributes"].items():
                    yield sweep_case(base, name, f"{at}/@{attribute}", edit, {"$name": attribute, "$": at})


def sweep_case(base: str, name: str, where: str, edit: Mapping[str, Any], words: Mapping[str, str]) -> Case:
    return Case(
        f"{base}/{name} {where}",
        bases()[base]["standard"],
        base,
        f"{name} at {where}",
        tuple(filled(edit.items(), words)),
    )


def place(node: Node) -> str:
    """The path of a node by positions alone: it holds before any edit, whatever the prefixes."""
    parent = node.getparent()
    return "/*" if parent is None else f"{place(parent)}/*[{parent.index(node) + 1}]"


def own_attributes(node: Node) -> list[str]:
    """The names of a node's attributes, as the tables write them."""
    prefixes = {uri: f"{prefix}:" for prefix, uri in PREFIXES.items()}
    split = [etree.QName(str(name)) for name in node.attrib]
    return [prefixes[name.namespace] + name.localname if name.namespace else name.localname for name in split]


def filled(edits: Iterable[Edit], words: Mapping[str, str]) -> Iterator[Edit]:
    for name, argument in edits:
        yield name, fill(argument, words)


def fill(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {fill(key, words): fill(inner, words) for key, inner in value.items()}
    if isinstance(value, str):
        for mark, word in words.items():
            value = value.replace(mark, word)
    return value


def written(cases: Iterable[Case], folder: Path) -> dict[str, Path]:
    """Write the manifests of cases as files; their paths by the names of the cases."""
    paths = {}
    for number, case in enumerate(cases):
        paths[case.id] = folder / f"{number}.xml"
        paths[case.id].write_bytes(case.manifest())
    return paths


def base_cases() -> list[Case]:
    return [Case(f"{name}/as-is", entry["standard"], name, "the base manifest", ()) for name, entry in bases().items()]


@cache
def bases() -> dict[str, Any]:
    loaded: dict[str, Any] = table(DATA / "bases.yaml")
    return loaded


def base_tree(name: str) -> Node:
    """A copy of a base that may be edited."""
    return copy.deepcopy(made_base(name))


@cache
def made_base(name: str) -> Node:
    entry = bases()[name]
    # The bytes, not the path: a tree that knows its place makes libxml2 look for schemas there
    tree = etree.fromstring((DATA / entry["file"]).read_bytes())
    for edit in edits_of(entry):
        apply(edit, tree)
    return tree


def edits_of(row: Mapping[str, Any]) -> Iterator[Edit]:
    for step in [*row.get("do", []), {key: row[key] for key in row.keys() & EDITS.keys()}]:
        yield from step.items()


def apply(edit: Edit, tree: Node) -> None:
    name, argument = edit
    EDITS[name](tree, argument)


def find(tree: Node, path: str) -> list[Node]:
    found = tree.xpath(path, namespaces=dict(PREFIXES))
    if not found:
        raise LookupError(f"no element at {path}")
    return list(found)


def remove(tree: Node, path: str) -> None:
    for node in find(tree, path):
        parent_of(node).remove(node)


def double(tree: Node, path: str) -> None:
    for node in find(tree, path):
        node.addnext(copy.deepcopy(node))


def twin(tree: Node, path: str) -> None:
    """Double an element as an author would: with new identifiers."""
    for node in find(tree, path):
        copied = copy.deepcopy(node)
        for inner in copied.iter():
            for name in {"identifier", "ID"} & set(inner.attrib):
                inner.set(name, f"{inner.get(name)}-2")
        node.addnext(copied)


def to_front(tree: Node, path: str) -> None:
    for node in find(tree, path):
        parent_of(node).insert(0, node)


def to_back(tree: Node, path: str) -> None:
    for node in find(tree, path):
        parent_of(node).append(node)


def rename(tree: Node, how: Mapping[str, str]) -> None:
    for node in find(tree, how["at"]):
        node.tag = clark(how["to"])


def write_text(tree: Node, how: Mapping[str, Any]) -> None:
    for node in find(tree, how["at"]):
        node.text = value_of(how["value"])


def set_attributes(tree: Node, how: Mapping[str, Any]) -> None:
    for node in find(tree, how["at"]):
        for name, value in how.items():
            if name != "at":
                node.set(clark(name), value_of(value))


def drop_attribute(tree: Node, how: Mapping[str, str]) -> None:
    for node in find(tree, how["at"]):
        del node.attrib[clark(how["name"])]


def insert(tree: Node, how: Mapping[str, str]) -> None:
    where = next(key for key in ("into", "before", "after") if key in how)
    for node in find(tree, how[where]):
        new = snippet(how["xml"])
        if where == "into":
            node.append(new)
        elif where == "before":
            node.addprevious(new)
        else:
            node.addnext(new)


EDITS: Mapping[str, Callable[[Node, Any], None]] = {
    "remove": remove,
    "double": double,
    "twin": twin,
    "to-front": to_front,
    "to-back": to_back,
    "rename": rename,
    "text": write_text,
    "set": set_attributes,
    "drop": drop_attribute,
    "insert": insert,
}


def parent_of(node: Node) -> Node:
    parent = node.getparent()
    if parent is None:
        raise LookupError("the root cannot be moved or removed")
    return parent


def clark(name: str) -> str:
    """`adlcp:scormType` -> `{http://…}scormType`."""
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES[prefix]}}}{local}" if prefix else local


def value_of(value: str | Mapping[str, Any]) -> str:
    """A text, or `{times: 201, of: x}` for one that is about its length."""
    return value if isinstance(value, str) else value["of"] * value["times"]


def snippet(xml: str) -> Node:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items() if prefix != "xml")
    return etree.fromstring(f"<x {declared}>{xml}</x>")[0]
