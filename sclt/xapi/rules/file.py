"""What statements of one file mean for each other."""

from __future__ import annotations

from sclt.xapi.rules.demand import WARNING, demand

CONFLICT = demand(
    "file.id-conflict",
    "No two statements that differ have the same id",
    says="the id {value} is that of another statement in this file.",
    why="an LRS keeps the first and refuses the other with 409",
    mend="Give each statement a UUID of its own; never change one that was sent.",
    clause="xAPI 1.0.3 Communication 2.1.1 (409 Conflict); Data 2.3.1",
)
REPEATED = demand(
    "file.id-repeated",
    "Each statement stands once",
    says="the statement with id {value} stood there before.",
    why="an LRS refuses a batch in which an id stands twice",
    mend="Remove the repetition.",
    clause="xAPI 1.0.3 Communication 2.1.2 (POST Statements)",
    severity=WARNING,
)
