"""Names with a small letter first are looked for by themselves, and found as if all were looked for at once."""

from __future__ import annotations

import pytest

from dateline_enrichment.namesearch import NameSearch

NAMES = {
    "Gaza": None,
    "Gaza City": None,
    "Brussels": None,
    "Niamey": None,
    "حلب": None,
    "the White House": None,
    "bande de Gaza": None,
    "russe": frozenset({"fr"}),
    "russes": frozenset({"fr"}),
    "chino": frozenset({"es"}),
}


@pytest.fixture(scope="module")
def search() -> NameSearch:
    """A search for all of these names."""
    return NameSearch(list(NAMES), list(NAMES.values()))


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Talks in Gaza City and Niamey", "en", ["Gaza City", "Niamey"]),
        ("From Niamey to the White House in Brussels", "en", ["Niamey", "the White House", "Brussels"]),
        ("La bande de Gaza, Gaza et Niamey", "fr", ["bande de Gaza", "Gaza", "Niamey"]),
        ("La bande de Gaza City", "fr", ["bande de Gaza"]),
        ("Les russes à Brussels, un russe à Niamey", "fr", ["russes", "Brussels", "russe", "Niamey"]),
        ("El chino de Niamey", "es", ["chino", "Niamey"]),
        ("Un russe, un chino", "de", []),
        ("Élysée – حلب, la bande de Gaza – Élysée – Niamey", "fr", ["حلب", "bande de Gaza", "Niamey"]),
        ("\0\0" + "5\0006", "fr", []),
        ("", "fr", []),
    ],
)
def test_the_first_and_longest_names_are_found_where_they_stand(
    search: NameSearch, text: str, language: str, names: list[str]
) -> None:
    """Of names that overlap the first is found, of those that begin together the longest, in the languages of each."""
    hits = search.find(text, language)
    assert [text[start:end] for _, start, end in hits] == names
    assert [list(NAMES)[name] for name, _, _ in hits] == names
