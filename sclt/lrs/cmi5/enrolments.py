"""The courses that an LMS has, and who is enrolled in which: two tables beside those of the LRS."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from sclt.lrs.cmi5.structure import Course
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import Json, encode

_TABLES = (
    "CREATE TABLE IF NOT EXISTS courses (id TEXT PRIMARY KEY, structure BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS enrolments ("
    "registration TEXT PRIMARY KEY, course TEXT NOT NULL, actor BLOB NOT NULL) WITHOUT ROWID",
)


class Enrolment(NamedTuple):
    """A learner in a course; ``actor`` is an Agent with an account."""

    registration: str
    course: Course
    actor: Json


@contextmanager
def _tables(store: Store) -> Iterator[sqlite3.Connection]:
    """Lend the connection, with the tables in the file."""
    with store.writing() as db:
        for table in _TABLES:
            db.execute(table)
        yield db


def keep_course(store: Store, course: Course) -> None:
    """Keep a course by its publisher's id, in the place of an earlier one."""
    with _tables(store) as db:
        db.execute("INSERT OR REPLACE INTO courses VALUES (?, ?)", (course.publisher_id, encode(course)))


def course_of(store: Store, publisher_id: str) -> Course | None:
    """Return a course, None where none has that id."""
    with _tables(store) as db:
        row = db.execute("SELECT structure FROM courses WHERE id = ?", (publisher_id,)).fetchone()
    return msgspec.json.decode(row[0], type=Course) if row else None


def enrol(store: Store, registration: str, course: str, actor: Json) -> None:
    """Keep an enrolment; one of the same registration is replaced."""
    with _tables(store) as db:
        db.execute("INSERT OR REPLACE INTO enrolments VALUES (?, ?, ?)", (registration, course, encode(actor)))


def enrolment(store: Store, registration: str) -> Enrolment | None:
    """Return an enrolment with the course as it is now, None where there is no such."""
    with _tables(store) as db:
        row = db.execute("SELECT course, actor FROM enrolments WHERE registration = ?", (registration,)).fetchone()
    course = course_of(store, row[0]) if row else None
    return Enrolment(registration, course, msgspec.json.decode(row[1])) if course else None
