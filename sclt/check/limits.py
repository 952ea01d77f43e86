"""How much of a package is looked at. A package is hostile until it has proven otherwise."""

ENTRIES = 65_535
"""Files in a zip; a larger directory is not read at all."""
DIRECTORY = 16 * 1024 * 1024
"""Bytes of a zip's central directory."""
TOTAL = 4 * 1024 * 1024 * 1024
"""Bytes of all files together, unpacked."""
RATIO = 200
"""How many times larger than packed a file may become, above `RATIO_FLOOR`; deflate of text reaches 20 to 60."""
RATIO_FLOOR = 1024 * 1024
XML = 16 * 1024 * 1024
"""Bytes of an XML file that is parsed."""
TEXT = 2 * 1024 * 1024
"""Bytes of an HTML, CSS or script file that is looked through."""
DEPTH = 200
"""Nesting of elements in an XML file."""
FINDINGS = 200
"""Findings of one rule that are told one by one."""
CHUNK = 256 * 1024
