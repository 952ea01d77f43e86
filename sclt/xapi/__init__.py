"""xAPI statements: their vocabulary, how they are built, and what the standard demands of them."""
