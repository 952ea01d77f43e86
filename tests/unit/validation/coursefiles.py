"""Sound cmi5, Tin Can and AICC packages with one thing made wrong, or changed so that nothing is.

Each says the clause that it breaks and the rule that must tell of it. Nothing here asks the validator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from tests.unit.validation.packages import base_files

Root = etree._Element
Change = Callable[[Root], None]
FILES = {"cmi5": "cmi5.xml", "tincan": "tincan.xml"}
GARDEN = "https://example.org/garden"


KEPT = ("cmi5.text-twice", "cmi5.url-secure", "tincan.name", "tincan.launch-secure")
"""Rules about what the standard leaves open: where they alone are broken, a package conforms."""


class Mutation(NamedTuple):
    """A package's files, changed. ``rule`` must be among what is found; empty where nothing is broken.

    ``conforms`` tells what is left of conformance.
    """

    base: str
    name: str
    clause: str
    rule: str
    files: dict[str, bytes]
    conforms: bool = False


# ---- cmi5.xml and tincan.xml: elements and attributes


def _of(root: Root, path: str) -> Root:
    """Return the first element of a path by local names from anywhere, such as ``au/title``; empty is the root."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    found = root.xpath(f"(.//{steps})[1]") if path else [root]
    assert isinstance(found, list) and found, path
    element = found[0]
    assert isinstance(element, etree._Element)
    return element


def _parent(element: Root) -> Root:
    parent = element.getparent()
    assert parent is not None
    return parent


def _without(path: str) -> Change:
    def change(root: Root) -> None:
        element = _of(root, path)
        _parent(element).remove(element)

    return change


def _said(path: str, attribute: str, value: str | None) -> Change:
    """Return a change of an attribute; None takes it away."""

    def change(root: Root) -> None:
        element = _of(root, path)
        if value is None:
            del element.attrib[attribute]
        else:
            element.set(attribute, value)

    return change


def _text(path: str, value: str) -> Change:
    def change(root: Root) -> None:
        _of(root, path).text = value

    return change


def _twice(path: str, **attributes: str) -> Change:
    """Return a change that doubles an element, the second with other attributes."""

    def change(root: Root) -> None:
        element = _of(root, path)
        again = etree.fromstring(etree.tostring(element))
        again.attrib.update(attributes)
        element.addnext(again)

    return change


def _moved(path: str, at: int) -> Change:
    """Return a change that moves an element to a place among its siblings; -1 is the last."""

    def change(root: Root) -> None:
        element = _of(root, path)
        parent = _parent(element)
        parent.remove(element)
        parent.insert(len(parent) if at < 0 else at, element)

    return change


def _nested(path: str, into: str) -> Change:
    def change(root: Root) -> None:
        element = _of(root, path)
        _parent(element).remove(element)
        _of(root, into).append(element)

    return change


def _new(into: str, name: str, text: str = "", at: int = -1, space: str = "", **attributes: str) -> Change:
    """Return a change that puts a new element into another, in its namespace if none is said."""

    def change(root: Root) -> None:
        parent = _of(root, into)
        element = etree.Element(f"{{{space or etree.QName(parent).namespace}}}{name}", attributes)
        element.text = text
        parent.insert(len(parent) if at < 0 else at, element)

    return change


def _emptied(path: str) -> Change:
    def change(root: Root) -> None:
        element = _of(root, path)
        for part in list(element):
            element.remove(part)
        element.text = ""

    return change


def _renamed(path: str, name: str, space: str | None = None) -> Change:
    """Return a change of an element's name, and of its namespace where one is said."""

    def change(root: Root) -> None:
        element = _of(root, path)
        element.tag = f"{{{etree.QName(element).namespace if space is None else space}}}{name}" if space != "" else name

    return change


Made = tuple[str, str, str, Change]  # a name, a clause, a rule, a change

_NO_IRI = ("", "garden", "/garden", "http:", "https://exa mple.org/x", "www.example.org/x")
_NO_LANGUAGE = ("", "english language", "e", "en_US", "en-", "123")


def _cmi5() -> Iterator[Made]:
    yield from _cmi5_parts()
    yield from _cmi5_places()
    yield from _cmi5_words()
    yield from _cmi5_references()
    yield from _cmi5_urls()


def _cmi5_parts() -> Iterator[Made]:
    """Which elements and attributes there are, how often, and in which order (cmi5 13.1, 13.2)."""
    titled = ("course", "objectives/objective", "block", "au")
    for path in ("course", *(f"{above}/{part}" for above in titled for part in ("title", "description"))):
        yield f"without {path}", "cmi5 13.1, 13.2: cardinality 1", "cmi5.valid", _without(path)
        yield f"{path} twice", "cmi5 13.1, 13.2: cardinality 1", "cmi5.valid", _twice(path)
    for path in ("course/title", "course/description", "block/title", "au/description"):
        yield f"{path} without a text", "cmi5 13.1: 1 or more langstring", "cmi5.valid", _emptied(path)
    for path in ("course", "objectives/objective", "block", "au"):
        yield f"{path} without id", "cmi5 13.1: id is required", "cmi5.id", _said(path, "id", None)
    yield "without au", "cmi5 13.1.4, 13.2: a course has an AU", "cmi5.au", _without("block/au")
    yield "without block", "cmi5 13.2: a course has an AU or a block", "cmi5.au", _without("block")
    yield "nothing in course", "cmi5 13.2", "cmi5.valid", _emptied("course")
    yield "nothing in block", "cmi5 13.1.2, 13.1.4", "cmi5.au", _emptied("block")
    yield "au called AU", "cmi5 13.2: names", "cmi5.au", _renamed("au", "AU")
    yield "url called href", "cmi5 13.2: names", "cmi5.url", _renamed("au/url", "href")
    yield "without url", "cmi5 13.1.4: url is required", "cmi5.url", _without("au/url")
    yield "url twice", "cmi5 13.1.4: one url", "cmi5.valid", _twice("au/url")
    for path in ("objectives", "au/objectives"):
        yield f"nothing in {path}", "cmi5 13.1.3: 1 or more", "cmi5.valid", _emptied(path)


def _cmi5_places() -> Iterator[Made]:
    """Where elements and attributes stand (cmi5 13.2)."""
    for path, at in (
        ("course", -1),
        ("objectives", -1),
        ("block/title", -1),
        ("course/description", 0),
        ("au/url", 0),
        ("au/title", -1),
        ("au/objectives", -1),
    ):
        yield f"{path} moved to {at}", "cmi5 13.2: order", "cmi5.valid", _moved(path, at)
    for path, into in (("au/url", "block"), ("course/title", ""), ("au", "course"), ("block/title", "objectives")):
        yield f"{path} in {into or 'the root'}", "cmi5 13.2", "cmi5.valid", _nested(path, into)
    for into in ("", "course", "block", "au", "au/title", "objectives", "objectives/objective"):
        yield f"an unknown part in {into or 'the root'}", "cmi5 13.2", "cmi5.valid", _new(into, "colour")
    for path in ("course", "block", "au", "objectives/objective", "au/title/langstring", "au/url"):
        yield f"an unknown attribute of {path}", "cmi5 13.2", "cmi5.valid", _said(path, "colour", "red")
    for path, name in (("course", "Course"), ("objectives", "goals"), ("au/title/langstring", "string")):
        yield f"{path} called {name}", "cmi5 13.2: names", "cmi5.valid", _renamed(path, name)
    for name in ("launchParameters", "entitlementKey"):
        yield f"{name} before url", "cmi5 13.2: order", "cmi5.valid", _new("au", name, "x", at=3)
        yield f"{name} in a block", "cmi5 13.1.4", "cmi5.valid", _new("block", name, "x")
    yield "text between", "cmi5 13.2: element content", "cmi5.valid", _text("block", "words")


def _cmi5_words() -> Iterator[Made]:
    """Vocabularies, numbers, languages (cmi5 13.1.1 to 13.1.4)."""
    for value in ("", "passed", "Pass", "PassedOrCompleted", "CompletedAndPassed CompletedOrPassed", "none"):
        yield f"moveOn is '{value}'", "cmi5 13.1.4: moveOn", "cmi5.move-on", _said("au", "moveOn", value)
    for value in ("", "80", "1.01", "-0.1", "80%", "0,8", "high", "1e-1", "NaN"):
        yield (
            f"masteryScore is '{value}'",
            "cmi5 13.1.4: masteryScore",
            "cmi5.mastery",
            _said("au", "masteryScore", value),
        )
    value = "0.81234"
    yield (
        f"masteryScore is {value}",
        "cmi5 13.1.4: 4 decimal places",
        "cmi5.mastery-digits",
        _said("au", "masteryScore", value),
    )
    for value in ("", "ownwindow", "OwnWindow AnyWindow", "Frame"):
        yield (
            f"launchMethod is '{value}'",
            "cmi5 13.1.4: launchMethod",
            "cmi5.launch-method",
            _said("au", "launchMethod", value),
        )
    for value in _NO_IRI:
        yield f"activityType is '{value}'", "cmi5 13.1.4: IRI", "cmi5.activity-type", _said("au", "activityType", value)
        for path in ("course", "objectives/objective", "block", "au"):
            yield f"id of {path} is '{value}'", "cmi5 13.1: id: IRI", "cmi5.id", _said(path, "id", value)
    for path in (
        "course/title/langstring",
        "course/description/langstring",
        "objective/title/langstring",
        "au/title/langstring",
    ):
        for language in _NO_LANGUAGE:
            yield f"lang of {path} is '{language}'", "RFC 5646 2.1", "cmi5.text-language", _said(path, "lang", language)
        yield f"{path} without lang", "cmi5 13.1: langstring", "cmi5.text-language", _said(path, "lang", None)
        yield f"{path} in one language twice", "cmi5 13.1", "cmi5.text-twice", _twice(path)
        yield f"{path} in one language twice by case", "RFC 5646 2.1.1", "cmi5.text-twice", _twice(path, lang="EN")


def _cmi5_references() -> Iterator[Made]:
    """Ids are unique, and objectives that are referred to are declared."""
    ids = {
        "course": GARDEN,
        "objectives/objective": f"{GARDEN}/objectives/plant",
        "block": f"{GARDEN}/beds",
        "au": f"{GARDEN}/trees",
    }
    for path in ids:
        for other, value in ids.items():
            if other != path:
                yield (
                    f"id of {path} is that of {other}",
                    "cmi5 13.1: unique",
                    "cmi5.id-unique",
                    _said(path, "id", value),
                )
    yield (
        "id with white space is that of another",
        "XML Schema Part 2 4.3.6",
        "cmi5.id-unique",
        _said("au", "id", f" {GARDEN} "),
    )
    yield "au twice", "cmi5 13.1.4: unique", "cmi5.id-unique", _twice("au")
    for value in ("", f"{GARDEN}/objectives/water", "plant", f"{GARDEN}/beds"):
        yield (
            f"idref is '{value}'",
            "cmi5 13.1.4: objectives",
            "cmi5.objective",
            _said("au/objectives/objective", "idref", value),
        )
    yield "without idref", "cmi5 13.1.4: objectives", "cmi5.objective", _said("au/objectives/objective", "idref", None)
    yield "without objectives", "cmi5 13.1.4: objectives", "cmi5.objective", _without("objectives")


def _cmi5_urls() -> Iterator[Made]:
    """What an LMS opens (cmi5 13.1.4, 14.1)."""
    for rule, urls in {
        "cmi5.url": ("", "  "),
        "cmi5.url-file": ("gone.html", "Trees.html", "./gone/trees.html", "trees.html/", "shared"),
        "cmi5.url-place": ("../trees.html", "a/../../trees.html"),
        "cmi5.url-full": ("//example.org/trees.html", "https://", "https:trees.html", "https:///trees.html"),
        "cmi5.url-scheme": (
            "javascript:alert(1)",
            "file:///trees.html",
            "data:text/html,x",
            "C:/trees.html",
            "ws://x.org/",
        ),
        "cmi5.url-characters": ("trees.html?a b", "https://example.org/a b", "trees.html?a=<b>", "trees.html?{x}"),
        "cmi5.url-reserved": ("trees.html?endpoint=x", "trees.html?a=1&fetch=", "trees.html?activityId"),
        "cmi5.url-secure": ("http://example.org/trees.html",),
    }.items():
        for url in urls:
            yield f"url is '{url}'", "cmi5 13.1.4, 14.1: url", rule, _text("au/url", url)


def _cmi5_sound() -> Iterator[tuple[str, Change]]:
    """What breaks nothing."""
    for value in ("Passed", "Completed", "CompletedAndPassed", "NotApplicable"):
        yield f"moveOn {value}", _said("au", "moveOn", value)
    for value in ("0", "1", "1.0", "0.8123", " 0.5 "):
        yield f"masteryScore {value}", _said("au", "masteryScore", value)
    for url in ("trees.html?a=1#b", "./trees.html", "https://example.org/trees.html", "\n trees.html "):
        yield f"url {url}", _text("au/url", url)
    for into in ("", "course", "block", "au", "objectives"):
        yield f"a part of others in {into or 'the root'}", _new(into, "colour", space="urn:x")
    for path in ("course", "block", "au"):
        yield f"an attribute of others of {path}", _said(path, "{urn:x}colour", "red")
    yield "a text more", _twice("au/title/langstring", lang="lt-LT")
    yield (
        "without an attribute of au",
        lambda root: [_of(root, "au").attrib.pop(n) for n in ("moveOn", "masteryScore")] and None,
    )
    yield "launchParameters", _new("au", "launchParameters", "a=1")
    yield "an objective without objectives of the unit", _without("au/objectives")
    yield "white space around an id", _said("au", "id", f"\n {GARDEN}/trees ")


def _tincan() -> Iterator[Made]:
    yield from _tincan_parts()
    yield from _tincan_words()
    yield from _tincan_urls()


def _tincan_parts() -> Iterator[Made]:
    xsd = "Tin Can packaging: tincan.xsd"
    yield "without activities", xsd, "tincan.valid", _without("activities")
    yield "activities twice", xsd, "tincan.valid", _twice("activities")
    yield "without activity", xsd, "tincan.valid", _without("activity")
    yield "without launch", "Tin Can packaging: launch", "tincan.launch", _without("launch")
    yield "without name", "Tin Can packaging: name", "tincan.name", _without("name")
    yield "an empty name", "Tin Can packaging: name", "tincan.name", _text("name", " ")
    for into in ("", "activities", "activity", "name"):
        yield f"an unknown part in {into or 'the root'}", xsd, "tincan.valid", _new(into, "colour")
    for path in ("activity", "activities", "name", "launch"):
        yield f"an unknown attribute of {path}", xsd, "tincan.valid", _said(path, "colour", "red")
    for path, into in (("launch", "activities"), ("name", ""), ("activity", "")):
        yield f"{path} in {into or 'the root'}", xsd, "tincan.valid", _nested(path, into)
    for path, name in (("activity", "Activity"), ("launch", "url"), ("activities", "activity")):
        yield f"{path} called {name}", xsd, "tincan.valid", _renamed(path, name)
    yield "text between", xsd, "tincan.valid", _text("activities", "words")


def _tincan_words() -> Iterator[Made]:
    xsd = "Tin Can packaging: tincan.xsd"
    for name, rule in (("id", "tincan.id"), ("type", "tincan.type")):
        yield f"without {name}", xsd, rule, _said("activity", name, None)
        for value in _NO_IRI:
            yield f"{name} is '{value}'", "xAPI 1.0.3 Data 2.4.4.1: IRI", rule, _said("activity", name, value)
    yield "activity twice", "xAPI 1.0.3 Data 2.4.4.1: ids are unique", "tincan.id-unique", _twice("activity")
    for path in ("name", "description", "launch"):
        for value in _NO_LANGUAGE:
            yield f"lang of {path} is '{value}'", "RFC 5646 2.1", "tincan.language", _said(path, "lang", value)
    for path in ("name", "description"):
        yield f"{path} without lang", "Tin Can packaging", "tincan.language", _said(path, "lang", None)


def _tincan_urls() -> Iterator[Made]:
    for rule, urls in {
        "tincan.launch": ("", " "),
        "tincan.launch-file": ("gone.html", "Trees.html", "../trees.html", "trees.html/"),
        "tincan.launch-nowhere": (
            "javascript:x",
            "C:/trees.html",
            "ws://x.org/",
            "file:///trees.html",
            "data:text/html,x",
            "//example.org/x",
            "https://",
        ),
        "tincan.launch-reserved": ("trees.html?endpoint=x", "trees.html?a=1&actor=", "trees.html?registration"),
        "tincan.launch-secure": ("http://example.org/trees.html",),
    }.items():
        for url in urls:
            yield f"launch is '{url}'", "Tin Can packaging: launch", rule, _text("launch", url)


def _tincan_sound() -> Iterator[tuple[str, Change]]:
    for url in ("trees.html?a=1#b", "./trees.html", "https://example.org/trees.html", "\n trees.html "):
        yield f"launch {url}", _text("launch", url)
    yield "launch without lang", _said("launch", "lang", None)
    yield "a name more", _twice("name", lang="lt")
    yield "name last", _moved("name", -1)
    yield "a part of others", _new("activity", "colour", space="urn:x")
    yield "an attribute of others", _said("activity", "{urn:x}colour", "red")


# ---- AICC: groups and tables as texts


def _aicc() -> Iterator[tuple[str, str, str, str, str, str]]:
    """Yield name, clause, rule, file suffix, pattern and what stands in its place."""
    course = "AICC CMI001 6.1 (course description file)"
    for keyword in ("Course_ID", "Course_Title"):
        yield f"without {keyword}", course, "aicc.course", "crs", rf"{keyword}=.*\n", ""
        yield f"{keyword} empty", course, "aicc.course", "crs", rf"({keyword}=).*", r"\1"
    for keyword in (
        "Course_Creator",
        "Course_System",
        "Level",
        "Max_Fields_CST",
        "Total_AUs",
        "Total_Blocks",
        "Version",
        "Max_Normal",
    ):
        yield f"without {keyword}", course, "aicc.course-keywords", "crs", rf"{keyword}=.*\n", ""
        yield f"{keyword} empty", course, "aicc.course-keywords", "crs", rf"({keyword}=).*", r"\1"
    yield "without [Course]", course, "aicc.course", "crs", r"\[Course\]\n", ""
    yield "[Course] misspelt", course, "aicc.course", "crs", r"\[Course\]", "[Curse]"
    yield (
        "without [Course_Behavior]",
        course,
        "aicc.course-keywords",
        "crs",
        r"\[Course_Behavior\]\nMax_Normal=99\n",
        "",
    )
    yield "without [Course_Description]", course, "aicc.course-keywords", "crs", r"\[Course_Description\]\n.*", ""
    for keyword, values in {
        "Level": ("0", "4", "high", "1c"),
        "Max_Fields_CST": ("0", "-1", "three", "2.5"),
        "Total_AUs": ("-1", "two"),
        "Total_Blocks": ("-1", "one"),
        "Version": ("two",),
        "Max_Normal": ("-1", "many", "100"),
    }.items():
        for value in values:
            yield f"{keyword} is {value}", course, "aicc.course-value", "crs", rf"({keyword}=).*", rf"\g<1>{value}"
    for keyword, values in {"Total_AUs": ("1", "3"), "Total_Blocks": ("0", "3"), "Max_Fields_CST": ("2",)}.items():
        for value in values:
            yield (
                f"{keyword} is {value}, which is wrong",
                course,
                "aicc.totals",
                "crs",
                rf"({keyword}=).*",
                rf"\g<1>{value}",
            )
    yield from _aicc_tables()
    yield from _aicc_units()
    yield from _aicc_structure()


def _aicc_tables() -> Iterator[tuple[str, str, str, str, str, str]]:
    tables = "AICC CMI001 6.2 to 6.4 (tables)"
    named = {
        "au": ("System_ID", "Command_Line", "File_Name", "Core_Vendor"),
        "des": ("System_ID", "Title"),
        "cst": ("Block", "Member"),
    }
    for suffix, fields in named.items():
        for field in fields:
            yield f"{field} of .{suffix} misspelt", tables, "aicc.fields", suffix, rf'"{field}"', f'"x{field}"'
        yield f".{suffix} without its first record", tables, "aicc.fields", suffix, r"\A.*\n", ""
        yield f".{suffix} empty", tables, "aicc.fields", suffix, r"(?s)\A.*", ""
        yield f".{suffix} with semicolons", tables, "aicc.fields", suffix, ",", ";"
        yield f".{suffix} with tabs", tables, "aicc.fields", suffix, ",", "\t"
    for suffix, last in {"au": ',""', "des": r',"All about trees\."'}.items():
        yield f"a record of .{suffix} with a cell less", tables, "aicc.row", suffix, rf'(\n"A1".*){last}', r"\1"
        yield f"a record of .{suffix} with a cell more", tables, "aicc.row", suffix, r'(\n"A1".*)', r'\1,"x"'
    yield "a record of .cst with more cells than fields", tables, "aicc.row", "cst", r'("root".*)', r'\1,"A2"'
    for suffix in ("au", "des"):
        yield f"a record of .{suffix} without id", tables, "aicc.id", suffix, r'\n"A1"', '\n""'
        yield f"a record of .{suffix} twice", tables, "aicc.id", suffix, r'(\n"A1".*)', r"\1\1"
        yield f"a record of .{suffix} with the id of another", tables, "aicc.id", suffix, r'\n"A2"', '\n"a1"'
        yield (
            f"nothing in .{suffix}",
            tables,
            {"au": "aicc.unit", "des": "aicc.descriptor"}[suffix],
            suffix,
            r'(?s)\n"A1".*',
            "\n",
        )


def _aicc_units() -> Iterator[tuple[str, str, str, str, str, str]]:
    unit = "AICC CMI001 6.3 (assignable unit file)"
    for name in ("", "gone.html", "Trees.html/", "file:///trees.html", "javascript:x", "../trees.html", "shared"):
        yield f"File_Name is '{name}'", unit, "aicc.launch", "au", r'"trees\.html"', f'"{name}"'
    for value in ("half an hour", "PT30M", "30", "00:99:00", "00:00:99"):
        yield f"Max_Time_Allowed is {value}", unit, "aicc.value", "au", r'"00:30:00"', f'"{value}"'
    for value in ("quit", "exit", "exit,maybe", "message,exit,message"):
        yield f"Time_Limit_Action is {value}", unit, "aicc.value", "au", r'"exit,message"', f'"{value}"'
    for value in ("high", "80%", "8,0"):
        yield f"Max_Score is {value}", unit, "aicc.value", "au", '"100"', f'"{value}"'
        yield f"Mastery_Score is {value}", unit, "aicc.value", "au", '"80"', f'"{value}"'
    yield "Mastery_Score above Max_Score", unit, "aicc.value", "au", '"80"', '"120"'
    descriptor = "AICC CMI001 6.2 (descriptor file)"
    for which in ("A1", "A2", "B1"):
        rule = "aicc.member" if which == "B1" else "aicc.descriptor"
        yield f"no descriptor of {which}", descriptor, rule, "des", rf'\n"{which}".*', ""
    for which in ("Trees", "Flowers", "Beds"):
        yield f"no title of {which}", descriptor, "aicc.title", "des", f'"{which}"', '""'


def _aicc_structure() -> Iterator[tuple[str, str, str, str, str, str]]:
    structure = "AICC CMI001 6.4 (course structure file)"
    yield "the first block is not root", structure, "aicc.member", "cst", '"root"', '"B2"'
    yield "without root", structure, "aicc.member", "cst", r'"root".*\n', ""
    yield "no block", structure, "aicc.member", "cst", r'(?s)"root".*', ""
    for old in ('"A1"', '"B1"$', r'(?<=\n)"B1"'):
        yield f"{old} is nothing", structure, "aicc.member", "cst", f"(?m){old}", '"X9"'
    yield "a unit in no block", structure, "aicc.unreached", "cst", r',"A1"', ',""'
    yield "a block in no block", structure, "aicc.unreached", "cst", r',"B1"', ',""'
    yield (
        "a block in itself",
        structure,
        "aicc.unreached",
        "cst",
        r'(?s)"root","A1","B1"\n"B1","A2",""',
        '"root","A1",""\n"B1","A2","B1"',
    )
    yield "a block in what it holds", structure, "aicc.loop", "cst", r'"A2",""', '"A2","B1"'
    yield "a block twice", structure, "aicc.id", "cst", r'("B1","A2","".*)', r"\1\n\1"
    yield "root twice", structure, "aicc.id", "cst", r'("root".*)', r"\1\n\1"
    yield "root in a block", structure, "aicc.loop", "cst", r'"A2",""', '"A2","root"'


def _aicc_sound() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, file suffix, pattern and what stands in its place."""
    yield "keywords in capitals", "crs", "Course_ID", "COURSE_ID"
    yield "space around", "crs", "=", " = "
    yield "a comment", "crs", r"\[Course\]", "; by hand\n[Course]"
    for level in ("2", "3", "1a", "3b"):
        yield f"Level {level}", "crs", "Level=1", f"Level={level}"
    yield "root counted as a block", "crs", "Total_Blocks=1", "Total_Blocks=2"
    yield "room for more members", "crs", "Max_Fields_CST=3", "Max_Fields_CST=20"
    for name, value in (("in letters", "E,M"), ("in words", "continue, no message"), ("none", "")):
        yield f"Time_Limit_Action {name}", "au", '"exit,message"', f'"{value}"'
    for time in ("0:30:00", "0000:30:00.5", ""):
        yield f"Max_Time_Allowed '{time}'", "au", '"00:30:00"', f'"{time}"'
    yield "no mastery", "au", '"80"', '""'
    yield "without quotes", "cst", '"', ""
    yield "fields in capitals", "des", "System_ID", "SYSTEM_ID"
    yield "members in lower case", "cst", '"A1"', '"a1"'
    yield "lines end as on Windows", "au", "\n", "\r\n"
    yield "an empty line", "des", r"\Z", "\n\n"


# ---- all of them


def _xml(base: str, change: Change) -> dict[str, bytes]:
    files = base_files(base)
    root = etree.fromstring(files[FILES[base]])
    change(root)
    written = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    return {**files, FILES[base]: written}


def _lines(suffix: str, pattern: str, new: str) -> dict[str, bytes]:
    files = base_files("aicc")
    name = f"garden.{suffix}"
    text = re.sub(pattern, new, files[name].decode())
    assert text != files[name].decode(), (suffix, pattern)
    return {**files, name: text.encode()}


def mutations() -> Iterator[Mutation]:
    """Yield every mutation."""
    for base, broken, sound in (("cmi5", _cmi5, _cmi5_sound), ("tincan", _tincan, _tincan_sound)):
        for name, clause, rule, change in broken():
            yield Mutation(base, name, clause, rule, _xml(base, change), conforms=rule in KEPT)
        for name, change in sound():
            yield Mutation(base, name, "nothing is broken", "", _xml(base, change), conforms=True)
    for name, clause, rule, suffix, pattern, new in _aicc():
        yield Mutation("aicc", name, clause, rule, _lines(suffix, pattern, new))
    for name, suffix, pattern, new in _aicc_sound():
        yield Mutation("aicc", name, "nothing is broken", "", _lines(suffix, pattern, new), conforms=True)
