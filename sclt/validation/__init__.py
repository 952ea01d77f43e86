"""Judges packages, ours or not. Of sclt's builder it knows the zip alone: it has its own reading of each standard.

``read`` opens what may be hostile, ``facts`` derives from it (``twin`` puts right in memory what is told, so that the
schema is asked again behind it), ``rules`` are sorted by what is judged, ``engine`` asks them, ``lms`` has a file for
each LMS, ``fix`` mends by the plan that loses neither of the two answers.
"""
