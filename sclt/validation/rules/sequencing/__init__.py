"""Sequencing of SCORM 2004."""
