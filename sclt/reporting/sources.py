"""Findings for people and for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sclt.locale import LENDER
from sclt.locale.messages import mend_of, sentence
from sclt.locale.ruletexts import rule_text
from sclt.model.finding import Finding

if TYPE_CHECKING:
    from sclt.model.package import Built


def as_text(findings: Sequence[Finding], root: str = "", language: str = LENDER) -> str:
    """Return findings as lines ``file:line:column: severity: message mend [rule]``, said in a language."""
    prefix = f"{root}/" if root and root != "." else ""
    return "\n".join(
        f"{prefix}{f.place}: {f.rule.severity}: {spoken(f, language)}".rstrip() + f" [{f.rule.id}]" for f in findings
    )


def spoken(finding: Finding, language: str) -> str:
    """Return what is wrong and how to mend it in a language, or in English where nobody has written it yet."""
    return f"{sentence(finding.message, language).text} {mend_of(finding, language).text}".rstrip()


def as_json(findings: Sequence[Finding], root: str = "", language: str = LENDER) -> str:
    """Return findings as a JSON array of objects, one for each, with what they say in a language."""
    prefix = f"{root}/" if root and root != "." else ""
    rows = [
        {
            "rule": f.rule.id,
            "severity": f.rule.severity.value,
            "file": f"{prefix}{f.place.file}",
            "line": f.place.line,
            "column": f.place.column,
            "message": sentence(f.message, language).text,
            "mend": mend_of(f, language).text,
            "demand": rule_text(f.rule, language).title,
            "why": rule_text(f.rule, language).why,
            "clause": f.rule.clause,
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def built_as_json(built: Sequence[Built], findings: Sequence[Finding], root: str) -> str:
    """Return what a build made, and its findings, as one JSON object."""
    packages = [{"path": str(b.path), "size": b.size, "changed": b.changed} for b in built]
    return json.dumps(
        {"packages": packages, "findings": json.loads(as_json(findings, root))}, ensure_ascii=False, indent=2
    )


def root_of(path: Path) -> str:
    """Return the folder that places in findings are relative to, as the user would write it."""
    above = path / ".."
    if (path / "module.yaml").is_file() and (above / "programme.yaml").is_file():
        return os.path.normpath(above / "..")
    return os.path.normpath(above) if (path / "programme.yaml").is_file() else str(path)
