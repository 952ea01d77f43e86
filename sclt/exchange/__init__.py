"""Into and out of sclt: the formats of others, one file for each.

``formats`` is the registry. Readers and writers share the questions of ``model.course``; ``framed`` alone writes them
as Markdown, ``markdown``, ``sentences`` and ``pieces`` write blocks of HTML. What becomes of each element stands in
the tables ``htmltags``, ``qtitags``, ``moodletags``, ``docxtags``, ``slidetags`` and ``h5pcontent``; what stands in
none is told. ``shelf`` names media, ``fidelity`` says what is left behind, ``graded`` what answers of others earn,
``matrix`` makes the guide's table.
"""
