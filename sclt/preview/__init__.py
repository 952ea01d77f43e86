"""Plays a course in the browser as an LMS would, and shows what passes between the two."""
