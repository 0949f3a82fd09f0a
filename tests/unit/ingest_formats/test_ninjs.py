"""ninjs 1.x to 3.x: one reader for all of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Association, CreditElement, Story, Subject


def story(**members: Any) -> Story:
    """The story that is read from an item with these members and an uri."""
    return parse(json.dumps({"uri": "urn:x:1", "headline": "H", **members}).encode()).stories[0]


def test_ninjs_1() -> None:
    """Lower-case singular names, associations keyed by name."""
    found = story(
        version="2",
        type="text",
        language="fr",
        versioncreated="2026-03-26T04:38:34+0000",
        firstcreated="20260326T043719+0000",
        urgency=3,
        pubstatus="canceled",
        body_html="<p>Un.</p><p>Deux.</p>",
        body_text="ignored",
        byline="Jo Exemple",
        located="Oran",
        subject=[{"code": "01000000", "scheme": "subj", "name": "arts"}],
        place=[{"name": "Oran"}],
        person=[{"name": "Ada Exemple", "rel": "about"}],
        organisation=[{"name": "Société Exemple"}],
        keyword=["a", "b", "a"],
        genre=[{"code": "Article"}],
        copyrightholder="EP",
        usageterms="none",
        ednote="note",
        slugline="slug",
        source="EP",
        description_text="sum",
        associations={"mainpic": {"type": "picture", "uri": "urn:p:1", "byline": "Al Photo/EP"}},
    )
    assert (found.version, found.language, found.urgency, found.pubstatus) == ("2", "fr", 3, "canceled")
    assert found.version_created == datetime(2026, 3, 26, 4, 38, 34, tzinfo=UTC)
    assert found.first_created == datetime(2026, 3, 26, 4, 37, 19, tzinfo=UTC)
    assert found.paragraphs == ("Un.", "Deux.")
    assert found.subjects == (Subject(scheme="subj", code="01000000", name="arts"),)
    assert [one.name for one in found.places] == ["Oran", "Oran"][: len(found.places)]
    assert (found.people[0].name, found.organisations[0].name) == ("Ada Exemple", "Société Exemple")
    assert (found.keywords, found.genres[0].code, found.summary) == (("a", "b"), "Article", "sum")
    assert found.associations == (Association(rel="mainpic", type="picture", guid="urn:p:1", creditline="Al Photo/EP"),)
    assert CreditElement(where="picture", value="Al Photo/EP", role="byline") in found.credits
    assert CreditElement(where="source", value="EP") in found.credits


@pytest.mark.parametrize("camel", [False, True])
def test_ninjs_2_and_3(camel: bool) -> None:
    """Plural names, lists of roles; 2.x in lower case, 3.x in camel case."""
    item = {
        "uri": "urn:x:1",
        "versionCreated": "2026-03-26T10:00:00Z",
        "pubStatus": "withheld",
        "embargoed": "2026-03-27T00:00:00Z",
        "by": "Jo Sample",
        "headlines": [{"role": "sub", "value": "Below"}, {"role": "main", "value": "Above"}],
        "descriptions": [{"value": "sum"}],
        "bodies": [
            {"contentType": "text/plain", "value": "plain"},
            {"contentType": "application/xhtml+xml", "value": "<p>Marked.</p>"},
        ],
        "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/04000000", "name": "economy"}],
        "infoSources": [{"name": "EP", "role": "source"}],
        "copyrightNotice": "(c) EP",
        "associations": [{"name": "main", "type": "picture", "renditions": [{"href": "https://example.org/1.jpg"}]}],
    }
    data = json.dumps(item)
    found = parse((data if camel else _lower_keys(data)).encode()).stories[0]
    assert (found.headline, found.subheadline, found.summary) == ("Above", "Below", "sum")
    assert (found.paragraphs, found.pubstatus, found.byline) == (("Marked.",), "withheld", "Jo Sample")
    assert found.embargo == datetime(2026, 3, 27, tzinfo=UTC)
    assert found.subjects[0].code == "04000000"
    assert CreditElement(where="infosource", value="EP", role="source") in found.credits
    assert found.associations[0].href == "https://example.org/1.jpg"


def _lower_keys(data: str) -> str:
    def lower(value: Any) -> Any:
        if isinstance(value, dict):
            return {key.lower(): lower(inner) for key, inner in value.items()}
        return [lower(inner) for inner in value] if isinstance(value, list) else value

    return json.dumps(lower(json.loads(data)))


def test_a_list_of_items() -> None:
    """A list, or an object that lists items, gives a story each."""
    items = [{"uri": f"urn:x:{n}", "headline": "H"} for n in (1, 2)]
    for wrapped in (items, {"item": items}, {"items": items, "total": 2}):
        assert [one.guid for one in parse(json.dumps(wrapped).encode()).stories] == ["urn:x:1", "urn:x:2"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("urgency", "high"),
        ("associations", []),
        ("associations", {"picture": None}),
        ("keyword", 7),
        ("versioncreated", 12),
        ("body_html", None),
        ("x_own", [[{}]]),
    ],
)
def test_an_odd_member_does_not_cost_the_story(member: str, value: Any) -> None:
    """Null, numbers for strings, members of a provider's own and values out of range are let through."""
    found = story(**{member: value})
    assert (found.guid, found.headline) == ("urn:x:1", "H")


def test_half_a_character_does_not_cost_the_story() -> None:
    """A surrogate without its other half is an unknown character; a pair is one, and an escaped stroke no escape."""
    text = r'{"uri": "urn:x:1", "headline": "A \ud83d b \uDE00 c \ud83d\ude00 d \\ud83d e", "body_text": "x"}'
    assert parse(text.encode()).stories[0].headline == "A \ufffd b \ufffd c \U0001f600 d \\ud83d e"
    with pytest.raises(Unparseable, match="broken JSON"):
        parse(text.replace("\\ude00 d", "\\u d").encode())


def test_a_body_that_is_escaped_once_more_is_markup() -> None:
    """Where nothing but references to characters is left of its tags; a text about tags has some of its own."""
    found = story(body_html="&lt;p&gt;Tom &amp;amp; Al.&lt;/p&gt;&lt;p class=&quot;x&quot;&gt;Two.&lt;/p&gt;")
    assert found.paragraphs == ("Tom & Al.", "Two.")
    assert story(body_html="<p>Write &lt;p&gt; here.</p>").paragraphs == ("Write <p> here.",)


def test_other_json_is_refused_with_what_was_found() -> None:
    """JSON of another vocabulary is named by its members."""
    with pytest.raises(Unparseable, match=r"not ninjs.*searchResult") as caught:
        parse(b'{"searchResult": [], "total": 3}')
    assert caught.value.path == "$"


def test_the_path_names_the_item_at_fault() -> None:
    """In a list the refusal says which item."""
    found = parse(b'[{"uri": "urn:x:1", "headline": "H"}, {"uri": "urn:x:2"}]')
    assert [fault.path for fault in found.refused] == ["$[1]"]


words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, categories=["L", "N"]), min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=8).map(" ".join)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))
subjects = st.lists(
    st.builds(Subject, scheme=st.just("medtop"), code=st.from_regex(r"\A\d{8}\Z"), name=lines), max_size=3
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A story of what ninjs 1 can carry."""
    return Story(
        guid=draw(st.from_regex(r"\Aurn:x:[a-z0-9]{1,12}\Z")),
        version=draw(st.from_regex(r"\A[1-9][0-9]{0,3}\Z")),
        language=draw(st.sampled_from(["en", "fr", "de-AT"])),
        headline=draw(lines),
        slugline=draw(lines),
        paragraphs=tuple(draw(st.lists(lines.map(lambda text: text + " was said there."), max_size=4))),
        urgency=draw(st.one_of(st.none(), st.integers(1, 9))),
        pubstatus=draw(st.sampled_from(["usable", "withheld", "canceled"])),
        embargo=draw(st.one_of(st.none(), moments)),
        version_created=draw(st.one_of(st.none(), moments)),
        subjects=tuple(dict.fromkeys(draw(subjects))),
        keywords=tuple(dict.fromkeys(draw(st.lists(words, max_size=3)))),
    )


def as_ninjs(story: Story) -> bytes:
    """The story as ninjs 1: the inverse of what is tested, written down plainly."""
    item = {
        "uri": story.guid,
        "version": story.version,
        "language": story.language,
        "headline": story.headline,
        "slugline": story.slugline,
        "body_html": "".join(f"<p>{text}</p>" for text in story.paragraphs),
        "urgency": story.urgency,
        "pubstatus": story.pubstatus,
        "embargoed": story.embargo.isoformat() if story.embargo else None,
        "versioncreated": story.version_created.isoformat() if story.version_created else None,
        "subject": [{"scheme": one.scheme, "code": one.code, "name": one.name} for one in story.subjects],
        "keyword": list(story.keywords),
    }
    return json.dumps({name: value for name, value in item.items() if value is not None}).encode()


@settings(max_examples=60, deadline=None)
@given(stories())
def test_a_story_written_as_ninjs_reads_back(given_story: Story) -> None:
    """What is written as ninjs comes back the same, field by field."""
    found = parse(as_ninjs(given_story)).stories[0]
    for name in as_fields():
        wanted, got = getattr(given_story, name), getattr(found, name)
        assert got == wanted, name


def as_fields() -> tuple[str, ...]:
    """The fields that ``stories`` draws."""
    plain = "guid version language headline slugline paragraphs urgency pubstatus embargo version_created"
    return (*plain.split(), "subjects", "keywords")
