"""Helps to write courses: skeletons and translations."""
