"""A small learning record store (xAPI 1.0.3 and 2.0) with launches of cmi5 and Tin Can, kept in one SQLite file."""
