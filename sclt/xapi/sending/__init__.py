"""Statements read from files and sent to an LRS, with what is not sent kept."""
