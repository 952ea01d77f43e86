"""Statements judged: from a file or values to findings."""
