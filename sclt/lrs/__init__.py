"""A small learning record store (xAPI 1.0.3 and 2.0) with launches of cmi5 and Tin Can, kept in one SQLite file.

``app`` has the routes, ``requests`` the way from a request to its handler. ``statement_storing`` takes statements,
``statement_retrieval`` gives them, ``documents`` are the three document resources, ``access`` and ``sessions`` say
who may do what. ``lookup`` alone knows how statements are found, ``guard`` bounds connections, ``upgrades`` brings
stores up to date. ``launch`` needs no HTTP. ``cmi5.rules`` has a file for each part of what cmi5 demands of a
launched unit: ``told`` alone knows what was told before, ``following`` what follows, ``telling`` how the LMS tells.
``lms`` is the face of it.
"""
