"""Plays a course in the browser as an LMS would, and shows what passes between the two.

``content`` compiles sources anew or opens a package, ``units`` says what can be launched, ``hosts`` keeps origins
apart, ``lms`` launches through ``lrs.lms`` and ``lrs.launch`` and fails on wish, ``looks`` serves rules of style with
the device's answer in them. ``player.js`` stays while the course's frame comes and goes: a saved page costs a reload
of that frame, and the next ``Initialize`` begins with what was committed (``handed.js``). ``panel.js`` does one
launch after another, ``record.js`` shows what was committed.
"""
