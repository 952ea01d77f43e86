"""From the author's files to a Course, with every fault that they have.

``syntax`` is what Markdown has beside CommonMark. ``questions`` divides a container into text, list and notes before
it asks the type, ``pieces`` makes a ``Piece`` of a block by its kind. ``theme`` reads a programme's look, ``asking``
how its authors are consulted, ``published`` their answers, ``load`` also what an editor has not saved yet.
"""
