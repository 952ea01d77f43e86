"""What SQLite tells, by its codes: its words change with its releases."""

from __future__ import annotations

import sqlite3


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection holds what this one wanted (SQLite's result codes, primary part)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
