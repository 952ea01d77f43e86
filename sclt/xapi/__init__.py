"""xAPI statements: their vocabulary, their making and judging, and their way to a learning record store.

``statements`` has their identity, the forms of texts (``grammar``) and the IRIs (``vocabulary``). ``rules`` has a
file for each part of a statement; a demand is declared beside the one function that asks it, which walks decoded
values and makes no object for what is sound. ``judging`` reads files in pieces, compares ids with the latest 50,000
to 100,000 (``repeated``) and does not ask again what was sound before, byte for byte (``memory``). ``profiles`` reads
xAPI profiles: ``following`` asks their templates, ``using`` their concepts. In ``sending``, ``source`` fetches pages,
``client`` knows HTTP and waiting, ``send`` decides by the status, ``outbox`` remembers.
"""
