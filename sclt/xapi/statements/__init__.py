"""Statements themselves: their forms, vocabulary, identity, and how they are made."""
