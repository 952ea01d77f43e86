"""Data of sclt; see sclt.resources."""
