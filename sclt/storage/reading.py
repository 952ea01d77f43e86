"""Reads a file of the course, which may vanish or become unreadable at any moment though it was there just now."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import EnvironmentFault


def content(path: Path) -> bytes:
    """Return the bytes of a file; raises EnvironmentFault where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise fault(path, error) from error


def size(path: Path) -> int:
    """Return how many bytes a file has; raises EnvironmentFault where it cannot be told."""
    try:
        return path.stat().st_size
    except OSError as error:
        raise fault(path, error) from error


def fault(path: Path, error: OSError) -> EnvironmentFault:
    """Return what to raise where a file cannot be read."""
    return EnvironmentFault(f"cannot be read: {error.strerror}.", str(path))
