"""What becomes of each element and attribute of HTML of others: carried, told, or left out for a reason.

`sclt.exchange.markdown` asks these tables alone, and an element or attribute that stands in none of them is told.
"""

from __future__ import annotations

from sclt.exchange.tagnames import names_in

BLOCKS = names_in("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table
    tbody td tfoot th thead tr ul
""")
"""Elements that begin and end a paragraph."""
INLINE = names_in("""
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math nobr noscript picture
    q rb rp rt ruby s samp semantics small span strike strong sub sup time tt u var wbr
""")
"""Elements of a sentence, whose words are carried; of most of them the look stays behind."""
TOLD = {
    "applet": "what a plug-in shows",
    "audio": "a sound",
    "button": "a button",
    "canvas": "a drawing that a script makes",
    "embed": "what a plug-in shows",
    "frame": "a page inside of the page",
    "frameset": "a page inside of the page",
    "iframe": "a page inside of the page",
    "input": "a field",
    "map": "places of a picture that lead elsewhere",
    "meter": "a gauge",
    "object": "what a plug-in or another file shows",
    "progress": "a gauge",
    "script": "a script",
    "select": "a menu",
    "svg": "a drawing",
    "template": "what a script fills in",
    "textarea": "a field",
    "video": "a film",
}
"""Elements that cannot come over. The words inside are carried, but for those of a script."""
WITHOUT_WORDS = names_in("script template")
IGNORED = {
    "area": "the map that it belongs to is told",
    "base": "addresses are resolved before the page is read",
    "basefont": "looks only",
    "bgsound": "looks only",
    "col": "widths and colours of a column",
    "colgroup": "widths and colours of columns",
    "head": "what it holds is not shown; the title is that of the manifest",
    "link": "style sheets and relations of the page, nothing that is shown",
    "meta": "facts about the page, nothing that is shown; its charset was asked for",
    "noframes": "shown only by browsers without frames",
    "param": "belongs to an object, which is told",
    "source": "another form of a picture, film or sound that is carried or told",
    "style": "looks only",
    "title": "not shown; the title of a page is that of the manifest",
    "track": "belongs to a film, which is told",
}
"""Elements that are left out without a word, and why nothing of the content is lost by it."""
CARRIED_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "math": {"alttext"},
    "ol": {"start"},
    "pre": {"class"},
    "span": {"data-gap"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
TOLD_ATTRIBUTES = {"hidden": "was hidden there, and is shown now", "usemap": "has places that lead elsewhere"}
IGNORED_ATTRIBUTES = {
    "looks": "abbr align alink axis background bgcolor border bordercolor cellpadding cellspacing char charoff class "
    "clear color colspan compact dir face frame frameborder height hspace id lang link loading longdesc margin name "
    "nowrap rules size sizes span srcset style summary text title type valign vlink vspace width xmlns",
    "how it behaves in a browser": "accesskey contenteditable contextmenu crossorigin decoding draggable download "
    "fetchpriority itemprop itemscope itemtype itemid itemref ping referrerpolicy rel rev role scope headers "
    "spellcheck tabindex target translate typeof property about resource vocab start value datetime cite profile "
    "reversed open charset hreflang coords shape for",
}
"""Attributes without which the content is the same, by why; ``data-…`` and ``aria-…`` are among them."""
_FAMILIES = ("data-", "aria-", "xml", "epub:", "v:", "o:")
_IGNORED = names_in(*IGNORED_ATTRIBUTES.values())


def fate_of(tag: str) -> str:
    """Return what becomes of an element: carried, told, ignored, or unknown."""
    if tag in BLOCKS or tag in INLINE:
        return "carried"
    return "told" if tag in TOLD else "ignored" if tag in IGNORED else "unknown"


def fate_of_attribute(tag: str, name: str) -> str:
    """Return what becomes of an attribute of an element: carried, told, ignored, or unknown."""
    if name in CARRIED_ATTRIBUTES.get(tag, ()):
        return "carried"
    if name in TOLD_ATTRIBUTES or name.startswith("on"):
        return "told"
    return "ignored" if name in _IGNORED or name.startswith(_FAMILIES) else "unknown"
