"""One page on loopback for those who would rather click: check packages, build and edit courses, translate, report.

Everything it does is a function of the library, which the command line has too. What it keeps of its own lies in a
folder that is removed when it ends.
"""
