"""Helps to write courses: skeletons and translations.

``new`` makes skeletons, ``yamlfile`` lengthens a list where it stands, ``segments`` and ``yamltexts`` know where each
text stands, ``edit`` changes one and proves that nothing else changed. ``translate`` knows nothing of formats and
``interchange`` nothing of courses: ``Unit`` is what they share. ``described`` is the whole source format as one
value, of which ``editor`` makes schemas and snippets.
"""
