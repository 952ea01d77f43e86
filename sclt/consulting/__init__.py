"""Consulting the authors: the questions of learners in one store, and the way of their answers back to learners."""
