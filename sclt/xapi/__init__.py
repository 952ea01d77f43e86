"""xAPI statements: their vocabulary, their making and judging, and their way to a learning record store."""
