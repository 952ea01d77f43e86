"""Ratios of what sclt takes to what the work itself, or another tool, takes; measured side by side."""
