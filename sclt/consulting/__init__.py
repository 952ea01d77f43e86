"""Consulting the authors: the questions of learners in one store, and the way of their answers back to learners.

``asked`` is a question however it came, ``comments`` the form of SCORM's comments, which ``runtime/ask-wire.js``
writes; ``desk`` is what authors do, ``channels`` what LMSs do.
"""
