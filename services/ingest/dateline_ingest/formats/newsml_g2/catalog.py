"""Schemes of a NewsML-G2 message: alias -> vocabulary (NewsML-G2 Guidelines, catalogs)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dateline_ingest.formats.newsml_g2.table import alias_of
from dateline_ingest.formats.xml.tree import Element, local

_URI = "http"
_IPTCS = frozenset(("medtop", "subj", "stat", "ninat", "sig"))


class Schemes:
    """The aliases of one message. One that its own catalogs do not declare is taken as it is written.

    A catalog elsewhere (``catalogRef``) is not fetched: IPTC's has the aliases that everybody uses.
    """

    __slots__ = ("_own",)

    def __init__(self, catalogs: Iterable[Element] = ()) -> None:
        """Read the schemes of inline ``catalog`` elements."""
        self._own: dict[str, str] = {}
        for catalog in catalogs:
            for scheme in catalog:
                alias, uri = (scheme.get("alias") or "").strip(), (scheme.get("uri") or "").strip()
                if local(scheme) == "scheme" and alias and uri:
                    self._own[alias] = _meant(alias, uri)

    def within(self, catalogs: list[Element]) -> Schemes:
        """These schemes with those of further catalogs."""
        if not catalogs:
            return self
        inner = Schemes(catalogs)
        inner._own = self._own | inner._own
        return inner

    def qcode(self, text: str) -> str:
        """A QCode or URI with IPTC's own alias where the scheme is IPTC's; any other as it is."""
        text = text.strip()
        if not self._own and text[:4] != _URI:
            return text
        scheme, code = self.split(text)
        return f"{scheme}{code}" if "/" in scheme else f"{scheme}:{code}" if scheme else code

    def split(self, qcode: str) -> tuple[str, str]:
        """Scheme and code of a QCode or URI; the scheme is an alias, or a URI that ends in its slash or hash."""
        if qcode[:4] == _URI:
            scheme, code = split_uri(qcode)
            return alias_of(scheme) or scheme, code
        scheme, colon, code = qcode.partition(":")
        if not colon:
            return "", qcode
        return self._own.get(scheme, scheme) if self._own else scheme, code


def _meant(alias: str, uri: str) -> str:
    """IPTC's alias for a scheme of IPTC's; the URI where the alias is IPTC's for something else; else the alias."""
    return alias_of(uri) or (uri if alias in _IPTCS else alias)


NO_SCHEMES = Schemes()


@lru_cache(maxsize=4096)
def split_uri(uri: str) -> tuple[str, str]:
    """A concept URI as scheme and code; the scheme ends in its slash or hash, as IPTC's catalogues have it."""
    cut = max(uri.rfind("/"), uri.rfind("#")) + 1
    return (uri[:cut], uri[cut:]) if uri[:4] == _URI and cut > len("https://") else ("", uri)
