"""What needs no browser, room by room; programs of others where a room cannot be tried without them (Ralph, Spark)."""
