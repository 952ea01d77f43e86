"""Learning records: pulled or imported into Parquet under pseudonyms, and what an analyst asks of them.

``columns`` is the one home of what a record has and why a statement is set aside, ``people`` of pseudonyms, ``dumps``
of lists, answers of LRSs and packed files, ``store`` of which files count. ``exports`` knows the columns of LMSs'
exports (``headings`` those of "Interactions", ``quizreport`` of quizzes), ``cells`` the forms of their cells,
``activities`` the IRIs, ``tracks`` the statements made of them. ``engine`` makes the views and reads the files once
for all ``metrics``; ``hiding`` alone hides small groups, ``names`` has the titles, ``story`` what the page says,
``writing`` and ``workbook`` the forms.
"""
