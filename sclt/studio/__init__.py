"""One page on loopback for those who would rather click: check packages, build and edit courses, translate, report.

Everything it does is a function of the library, which the command line has too. What it keeps of its own lies in a
folder that is removed when it ends.

A room is a file with its routes; ``pages`` has what they share (words, headers, forms, faults), ``desk`` what they
work on. ``only_own`` refuses what another origin sends, ``drops`` keeps what is dropped under numbers, ``plays`` runs
previews in threads, ``history`` takes back whole files.
"""
