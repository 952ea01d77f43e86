"""What of a package can be launched, and what its manifest says of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec
from lxml import etree

from sclt.editions import EDITIONS
from sclt.model.package import Package
from sclt.render.embedded import content_bytes
from sclt.standards import STANDARDS
from sclt.validation.facts import activities
from sclt.validation.read import launches
from sclt.validation.read.files import files_of
from sclt.validation.read.kinds import recognise
from sclt.validation.read.manifest import Item, read_manifest
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, parse, text_of


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Something to launch. ``href`` is its page with the package's name before it and the query behind it.

    ``protocol`` is how it speaks: scorm12, scorm2004, cmi5 or tincan. ``mastery`` and ``data`` (launch data or
    parameters) are as the manifest says them; ``limit`` is the most characters of suspend data, 0 for no limit.
    ``activity`` is the publisher's id, and the last three are for cmi5 alone.
    """

    title: str
    href: str
    protocol: str
    limit: int = 0
    mastery: str = ""
    data: str = ""
    activity: str = ""
    move_on: str = "NotApplicable"
    entitlement: str = ""
    launch_method: str = "AnyWindow"

    @property
    def package(self) -> str:
        """Return the name of the package, with which all its files begin."""
        return self.href.partition("/")[0]


def units_of_package(package: Package) -> Iterator[Unit]:
    """Yield the units of a package that has not been written."""
    name = STANDARDS[package.standard].manifest_name
    content = package.files[name]
    source = parse(name, content_bytes(content))
    kind = recognise(name, {name: source}, frozenset(package.files))
    reading = Reading(Path(package.name), xml={name: source}, manifest_name=name, kind=kind)
    yield from units_of(msgspec.structs.replace(reading, manifest=read_manifest(source, kind)), package.name)


def units_of(reading: Reading, package: str) -> Iterator[Unit]:
    """Yield the units of a package that was read; ``package`` begins the address of each."""
    families = {"scorm12": _scorm, "scorm2004": _scorm, "cmi5": _cmi5, "tincan": _tincan}
    if of_family := families.get(reading.kind.family):
        yield from of_family(reading, package)


def _scorm(reading: Reading, package: str) -> Iterator[Unit]:
    for item in reading.manifest.items if reading.manifest else ():
        resource = reading.manifest.resource(item.reference) if reading.manifest else None
        if resource is None or not _inside(resource.path):
            continue
        query = "&".join(p for p in (urlsplit(resource.href).query, item.parameters.lstrip("?&")) if p)
        known = EDITIONS.get(reading.kind.id)
        yield Unit(
            title=item.title or item.identifier,
            href=_href(reading, package, resource.path, query),
            protocol=reading.kind.family,
            limit=known.state_limit if known else 0,
            mastery=text_of(child(item.element, "masteryscore")) or _passing_score(reading, item),
            data=text_of(child(item.element, "datafromlms")) or text_of(child(item.element, "dataFromLMS")),
        )


def _passing_score(reading: Reading, item: Item) -> str:
    """Return what cmi.scaled_passing_score begins with (SCORM 2004 RTE 4.2.20): a measure that satisfies."""
    for activity in activities.activities(reading):
        if activity.element is item.element:
            primary = (o for o in activity.objectives if o.primary and o.by_measure)
            return next((o.minimum or "1" for o in primary), "")
    return ""


def _cmi5(reading: Reading, package: str) -> Iterator[Unit]:
    for launch in launches.launches(reading, "au", "url"):
        au = launch.element.getparent()
        if au is None or not _inside(launch.path):
            continue
        yield Unit(
            title=launches.name_of(au),
            href=_href(reading, package, launch.path, _query(launch.url)),
            protocol="cmi5",
            mastery=au.get("masteryScore", ""),
            data=text_of(child(au, "launchParameters")),
            activity=au.get("id", "").strip(),
            move_on=au.get("moveOn", "NotApplicable"),
            entitlement=text_of(child(au, "entitlementKey")),
            launch_method=au.get("launchMethod", "AnyWindow").strip(),
        )


def _tincan(reading: Reading, package: str) -> Iterator[Unit]:
    """Yield an activity once, whatever the number of languages that its launch page is named in."""
    seen: set[etree._Element] = set()
    for launch in launches.launches(reading, "activity", "launch"):
        activity = launch.element.getparent()
        if activity is None or activity in seen or not _inside(launch.path):
            continue
        seen.add(activity)
        yield Unit(
            title=launches.name_of(activity),
            href=_href(reading, package, launch.path, _query(launch.url)),
            protocol="tincan",
            activity=activity.get("id", "").strip(),
        )


def _inside(path: str | None) -> bool:
    return bool(path) and not str(path).startswith("../")


def _query(url: str) -> str:
    return urlsplit(url).query


def _href(reading: Reading, package: str, path: str | None, query: str) -> str:
    inside = reading.at(path or "")
    href = f"{package}/{quote(files_of(reading).real.get(inside, inside))}"
    return f"{href}?{query}" if query else href
