"""Long lists of alternatives are tried in bundles, and find what they found."""

from __future__ import annotations

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.bundles import bundled

_WORDS = st.one_of(
    st.text(st.sampled_from("abcé "), min_size=1, max_size=3),
    st.sampled_from(
        (r"[Aa]b", r"a\|b", r"[|(]c", r"[])]", r"\(", "^a", "b?", "(?:a|bc)", "(?<=a)b", "(?!ab)a", "[^a]b", "")
    ),
)
_LISTS = st.lists(_WORDS, min_size=32, max_size=50).map("|".join)
_AROUND = st.sampled_from(("{}", "(?:{})c", "c(?P<a>{})?", "(?i:{}){{1,2}}", "b(?={})", "(?:(?:{})|c)+?b", "[|](?:{})"))


@given(_LISTS, _AROUND, st.text(st.sampled_from("abcéABÉ |()]\n"), max_size=12))
def test_a_list_in_bundles_finds_what_it_found(words: str, around: str, text: str) -> None:
    """The first of the alternatives that match is still the one that does, wherever the list stands."""
    shape = around.format(words)
    for flags in (0, re.MULTILINE):
        plain, quick = re.compile(shape, flags), re.compile(bundled(shape), flags)
        assert quick.groupindex == plain.groupindex
        assert [one.span() for one in quick.finditer(text)] == [one.span() for one in plain.finditer(text)]


def test_only_long_lists_of_words_are_bundled() -> None:
    """A short one, one that looks ahead, and one with a macro in every bundle stay as they are written."""
    words = [f"{letter}{letter}" for letter in string.ascii_letters[:32]]
    assert bundled("|".join(words)).count("(?=[") == 2
    for shape in ("|".join(words[:31]), f"(?!{'|'.join(words)})", "|".join(["%by%", *words[:16], "%by%", *words[:14]])):
        assert bundled(shape) == shape
