"""Metadata records."""
