"""Data of sclt; see sclt.storage.resources."""
