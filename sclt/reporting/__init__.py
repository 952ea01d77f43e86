"""Findings for people and for programs, one file for each form."""

from sclt.model.finding import counted, summary
from sclt.reporting.sources import as_json, as_text, built_as_json, root_of

__all__ = ["as_json", "as_text", "built_as_json", "counted", "root_of", "summary"]
