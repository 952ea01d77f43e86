"""Blocks of pages: what a kind of block says of itself, and what becomes of it."""
