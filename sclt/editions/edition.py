"""The form of what is known of an edition of a standard. Plain facts: whoever builds and whoever judges reads them."""

from __future__ import annotations

from typing import NamedTuple


class Space(NamedTuple):
    """A namespace of an edition: the prefix that it is written with, and the XSD that describes it.

    ``sign`` tells that its use speaks for the edition; metadata may be of another.
    """

    prefix: str
    uri: str
    document: str
    sign: bool = True


class Edition(NamedTuple):
    """A standard, or an edition of one.

    ``id`` is what a package of it is told to be, ``standard`` the name to build it by; editions with a manifest alike
    are of one ``family``. ``root`` is the name of the root of the file called ``manifest_name``; a plain web site has
    none. ``version`` is what its schemaversion says, which begins with ``version_start``. ``folders`` of schemas/xsd
    describe it, of which a later one has the word. ``state_limit`` is how many characters of a learner's state an LMS
    keeps, 0 where there is no limit.
    """

    id: str
    title: str
    standard: str
    family: str
    family_title: str
    manifest_name: str = ""
    root: str = ""
    version: str = ""
    version_start: str = ""
    spaces: tuple[Space, ...] = ()
    folders: tuple[str, ...] = ()
    state_limit: int = 0

    @property
    def namespaces(self) -> dict[str, str]:
        """The namespaces by prefix."""
        return {space.prefix: space.uri for space in self.spaces}

    @property
    def documents(self) -> dict[str, str]:
        """The names of the XSDs by namespace."""
        return {space.uri: space.document for space in self.spaces}
