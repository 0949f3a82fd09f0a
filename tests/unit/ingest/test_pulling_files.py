"""What to take from a folder: decided from two listings and what was taken before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline_ingest.doors import pulling_files
from dateline_ingest.doors.pulling_files import (
    REFUSED,
    TAKEN,
    Entry,
    Marks,
    TooMany,
    aside_name,
    decide,
    mark,
    original,
    put_away_as,
    shown,
    wanted,
    where_to,
)

NAMES = st.text(min_size=1, max_size=12).filter(lambda name: "\0" not in name)
ENTRIES = st.builds(
    Entry, name=NAMES, size=st.integers(-1, 5000), modified=st.floats(0, 4e9, allow_nan=False, allow_infinity=False)
)
LISTINGS = st.lists(ENTRIES, max_size=12, unique_by=lambda entry: entry.name)


def entry(name: str, size: int = 10, modified: float = 1.0) -> Entry:
    """A file."""
    return Entry(name=name, size=size, modified=modified)


@given(LISTINGS, LISTINGS, LISTINGS)
def test_only_what_is_whole_new_and_fitting_is_taken(now: list[Entry], before: list[Entry], old: list[Entry]) -> None:
    """Every file taken was in both listings as it is, was not taken before, and is no larger than allowed."""
    taken = Marks().with_these(old)
    look = decide(now, before, taken, most_bytes=1000)
    for one in look.take:
        assert one in now and one in before and one not in taken and one.size <= 1000 and wanted(one.name, "*")
    assert list(look.take) == sorted(look.take, key=lambda one: (one.modified, one.name))
    assert not {mark(one) for one in look.take} & {mark(one) for one in (*look.waiting, *look.too_large)}
    assert look.taken.all() <= taken.all()


@given(LISTINGS)
def test_nothing_is_taken_twice(listing: list[Entry]) -> None:
    """What one look took, the next does not."""
    look = decide(listing, listing, Marks(), most_bytes=10_000)
    assert not decide(listing, listing, look.taken.with_these(look.take), most_bytes=10_000).take


def test_a_file_that_changes_after_it_was_taken_is_taken_again() -> None:
    """It is a correction under the same name."""
    old, new = entry("a.xml"), entry("a.xml", 11, 2.0)
    look = decide([new], [new], Marks().with_these([old]), most_bytes=100)
    assert look.take == (new,)
    assert look.taken == Marks()


@given(ENTRIES.filter(lambda one: wanted(one.name, "*")), st.sampled_from((TAKEN, REFUSED)))
def test_a_file_is_known_by_the_name_under_which_it_waits_to_be_put_away(one: Entry, where: str) -> None:
    """Nothing need be remembered of it; one that changed, or whose listing has no seconds, is taken again."""
    aside = replace(one, name=aside_name(one, where))
    assert (original(aside), where_to(aside)) == (one, where)
    look = decide([aside], [aside], Marks(), most_bytes=10_000)
    assert (look.take, look.aside) == ((), (aside,))
    for other in (replace(aside, size=one.size + 6001), replace(aside, exact=False, size=one.size or 1)):
        again = decide([other], [other], Marks(), most_bytes=20_000)
        assert (again.take, again.aside) == ((other,), ())
        assert decide([other], [other], Marks().with_these([other]), most_bytes=20_000).aside == (other,)


def test_where_files_leave_there_may_be_any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are taken, and others when these have left."""
    monkeypatch.setattr(pulling_files, "MOST_FILES", 2)
    many = [entry(f"{n}.xml") for n in range(3)]
    look = decide(many, many, Marks(), most_bytes=100, leave=True)
    assert look.take == tuple(many[:2])
    assert not decide(many, many, Marks().with_these(many[:2]), most_bytes=100, leave=True).take
    assert decide(many[1:], many, Marks().with_these(many[:2]), most_bytes=100, leave=True).take == (many[2],)


def test_what_left_the_folder_is_forgotten() -> None:
    """So the place stays as small as the folder."""
    gone, there = entry("gone.xml"), entry("there.xml")
    assert decide([there], [], Marks().with_these([gone, there]), most_bytes=100).taken == Marks().with_these([there])


def test_a_folder_with_more_files_than_can_be_told_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than one being skipped. Files that do not match do not count."""
    monkeypatch.setattr(pulling_files, "MOST_FILES", 2)
    many = [entry(f"{n}.xml") for n in range(3)]
    with pytest.raises(TooMany, match="3 files match"):
        decide(many, [], Marks(), most_bytes=100)
    assert not decide(many, many, Marks(), pattern="*.json", most_bytes=100).take


@pytest.mark.parametrize(
    "name", [".hidden", "a.xml.tmp", "a.xml.PART", "a.filepart", "a.xml~", "a/b", "..", "a\nb", "a\x7f"]
)
def test_names_that_are_never_taken(name: str) -> None:
    """Hidden and temporary ones, and those that would lead elsewhere or break a line."""
    assert not wanted(name, "*")


def test_a_name_that_no_door_asks_for_is_told_of() -> None:
    """Not taken, and no secret; hidden, temporary and unwanted ones are nobody's business."""
    names = ("a\nb.xml", "a/b.xml", "tab\t.xml", ".a\nb.xml", "a\nb.tmp", "a\nb.txt", "fine.xml")
    listing = [entry(name) for name in names]
    look = decide(listing, listing, Marks(), pattern="*.xml", most_bytes=100)
    assert [one.name for one in look.odd] == ["a\nb.xml", "a/b.xml", "tab\t.xml"]
    assert [one.name for one in look.take] == ["fine.xml"]


@pytest.mark.parametrize(("name", "moved"), [("a.xml", "a.{}.xml"), ("a", "a.{}"), ("a.b.xml", "a.b.{}.xml")])
def test_a_file_put_away_keeps_its_ending(name: str, moved: str) -> None:
    """Its mark tells it from others of its name."""
    assert put_away_as(entry(name)) == moved.format(mark(entry(name)).hex())


def test_names_can_be_shown_whatever_their_bytes() -> None:
    """What is no UTF-8 is read as Latin-1."""
    assert shown("é.xml") == "é.xml"
    assert shown(b"\xe9.xml".decode("utf-8", "surrogateescape")) == "é.xml"


def test_an_empty_file_is_not_taken_until_something_is_in_it() -> None:
    """Servers make a file before they write it; one that was moved away then is lost to its sender."""
    empty, full = entry("a.xml", 0), entry("a.xml", 9, 2.0)
    look = decide([empty], [empty], Marks(), most_bytes=100)
    assert not (look.take or look.waiting or look.too_large)
    assert decide([full], [full], look.taken, most_bytes=100).take == (full,)
