"""Writes docs/lrs-conformance.md from requirements.yaml: `python -m tests.unit.lrs.conformance`."""

from __future__ import annotations

from tests.places import REPOSITORY
from tests.unit.lrs.cases import CASES, REQUIREMENTS

PAGE = REPOSITORY / "docs/lrs-conformance.md"
HEAD = """\
# What `sclt lrs` does of xAPI

Each requirement of xAPI 1.0.3, part 3 (Communication), and of IEEE 9274.1.1-2023 (xAPI 2.0) on a learning record store
(LRS) that a request can test, in our own words, and the test that proves it. A dash means that the version has no such
requirement. The cases stand in tests/unit/lrs/requirements.yaml; they run over HTTP against the LRS as it is served, in
both versions. What is demanded of statements themselves has [its own page](statement-rules.md).

Not offered: OAuth 1.0 (4.0: one method is enough, which is HTTP Basic), errors in HTML or JSON (3.2.s3.b4, a SHOULD:
they are plain text), limits on the rate of requests (3.2.s3.b14, a MAY). Of references over references, 20 steps are
followed. A statement whose content came as text in UTF-8 in place of octets is taken if the SHA-2 proves the octets.

This file is made from the cases; `python -m tests.unit.lrs.conformance` makes it again.

| Requirement | 1.0.3 | 2.0 | Proven by |
|---|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(_row(name, told) for name, told in REQUIREMENTS.items())


def _row(name: str, told: dict[str, str]) -> str:
    proofs = [case["name"] for case in CASES if name in case["proves"]] + ([told["test"]] if "test" in told else [])
    cells = (told["says"], told.get("one", "–"), told.get("two", "–"), "; ".join(proofs))
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
