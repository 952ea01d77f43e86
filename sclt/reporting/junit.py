"""A validation as JUnit XML, which build servers show: a suite for each package, a case for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from sclt.model.finding import Finding, Severity
from sclt.model.judged import Judged


def validated(judged: Sequence[Judged]) -> str:
    """Return packages with their findings; what need not be mended is a case that passes, with its text."""
    suites = ElementTree.Element("testsuites", name="sclt validate")
    tests = failures = 0
    for each in judged:
        suite = _suite(suites, each)
        tests += int(suite.get("tests", 0))
        failures += int(suite.get("failures", 0))
    suites.set("tests", str(tests))
    suites.set("failures", str(failures))
    suites.set("errors", "0")
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")


def _suite(suites: ElementTree.Element, judged: Judged) -> ElementTree.Element:
    grave = {Severity.ERROR, Severity.WARNING} if judged.strict else {Severity.ERROR}
    failed = [f for f in judged.findings if f.rule.severity in grave]
    suite = ElementTree.SubElement(suites, "testsuite", name=judged.path)
    verdict = ElementTree.SubElement(suite, "testcase", classname=judged.path, name=judged.verdict)
    verdict.set("time", "0")
    for finding in judged.findings:
        _case(suite, judged.path, finding, finding in failed)
    suite.attrib.update(tests=str(len(judged.findings) + 1), failures=str(len(failed)), errors="0", skipped="0")
    return suite


def _case(suite: ElementTree.Element, package: str, finding: Finding, failed: bool) -> None:
    place, rule = finding.place, finding.rule
    name = f"{rule.id} {place.file}:{place.line} {place.pointer}".rstrip()
    case = ElementTree.SubElement(suite, "testcase", classname=package, name=name, time="0")
    text = "\n".join(part for part in (finding.message, finding.mend, rule.why, rule.clause, finding.note) if part)
    if failed:
        ElementTree.SubElement(case, "failure", type=rule.severity.value, message=finding.message).text = text
    else:
        ElementTree.SubElement(case, "system-out").text = f"{rule.severity.value}: {text}"
