"""How much of a package is looked at. A package is hostile until it has proven otherwise."""

ENTRIES = 65_535
"""Files in a zip; a larger directory is not read at all."""
DIRECTORY = 16 * 1024 * 1024
"""Bytes of a zip's central directory."""
TOTAL = 4 * 1024 * 1024 * 1024
"""Bytes of all files together, unpacked."""
RATIO = 200
"""How many times larger than packed a file may become, above `RATIO_FLOOR`; deflate of text reaches 20 to 60."""
RATIO_FLOOR = 24 * 1024 * 1024
"""Bytes up to which a file may shrink as much as it will: silence and white pictures do by a thousand times."""
TOTAL_RATIO = 50
"""How many times larger than the zip all files together may become, above `TOTAL_FLOOR`: its files may overlap."""
TOTAL_FLOOR = 256 * 1024 * 1024
XML = 16 * 1024 * 1024
"""Bytes of an XML file that is parsed."""
TAGS = 150_000
"""Tags and attributes of all XML files together that are parsed; libxml2 takes some hundred bytes for each."""
XMLS = 32 * 1024 * 1024
"""Bytes of all XML files together that are parsed."""
TEXTS = 64 * 1024 * 1024
"""Bytes of all such files together that are looked through."""
PAGE_TAGS = 100_000
"""Tags of an HTML page beyond which it is not parsed."""
ATTRIBUTES = 200
"""Attributes of one element beyond which a file is not parsed: libxml2 takes time by their square."""
LINKS = 100_000
"""References of all HTML, CSS and script files together that are kept."""
URL = 2048
"""Characters of a reference that are kept."""
COURSE_FILE = 1024 * 1024
"""Bytes of a file of an AICC course that is read."""
TEXT = 2 * 1024 * 1024
"""Bytes of an HTML, CSS or script file that is looked through."""
DEPTH = 200
"""Nesting of elements in an XML file."""
FINDINGS = 200
"""Findings of one rule that are told one by one."""
ASIDE = 4 * 1024 * 1024
"""Bytes of pictures, films and the like from which on they are read beside the texts."""
CHUNK = 256 * 1024
