"""A correction that only the note to editors states is signalled as one, whatever the format."""

from __future__ import annotations

import json

import pytest

from dateline_ingest.formats import parse


def ninjs(note: str) -> bytes:
    """A ninjs story with a note."""
    return json.dumps({"uri": "urn:test:note", "type": "text", "headline": "Budget speech", "ednote": note}).encode()


def g2(note: str) -> bytes:
    """A NewsML-G2 item with a note."""
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:test:note" version="1"><itemMeta>'
        f"<edNote>{note}</edNote></itemMeta><contentMeta><headline>Budget speech</headline></contentMeta></newsItem>"
    ).encode()


def newsml_1(note: str, version: str = "") -> bytes:
    """An item as AFP sends it: the note is a line of its own, and a property may say what the version is."""
    said = f'<DescriptiveMetadata><Property FormalName="Version" Value="{version}"/></DescriptiveMetadata>'
    return (
        '<NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier><ProviderId>afp.com</ProviderId>'
        "<DateId>20260302</DateId><NewsItemId>TX-PAR-AAA01</NewsItemId><RevisionId>1</RevisionId>"
        "</NewsIdentifier></Identification><NewsComponent><NewsLines><HeadLine>Budget speech</HeadLine>"
        f'<NewsLine><NewsLineType FormalName="AdvisoryLine"/><NewsLineText>{note}</NewsLineText></NewsLine></NewsLines>'
        f"{said if version else ''}</NewsComponent></NewsItem></NewsML>"
    ).encode()


MESSAGES = [ninjs, g2, newsml_1]


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize(
    "note",
    [
        "CORRECTS para 4 and 9 to say Thursday, not Friday",
        "Eds: Corrects the spelling of the minister's name.",
        "Correction: the budget is in billions",
        "BERICHTIGUNG: Vorname im zweiten Absatz",
        "CORRIGE l'âge du maire, paragraphe 2",
        "Korrigiert wurde der Name der Brücke",
    ],
)
def test_a_note_that_begins_as_corrections_do_signals_one(message, note: str) -> None:  # type: ignore[no-untyped-def]
    """The words that text wires have for it."""
    [story] = parse(message(note)).stories
    assert story.signals == ("sig:correction",)


def test_any_of_several_notes_may_say_so() -> None:
    """Each is a line of the story's note."""
    [story] = parse(g2("For the web only</edNote><edNote>CORRECTION - fixes the date")).stories
    assert story.ed_note == "For the web only\nCORRECTION - fixes the date"
    assert story.signals == ("sig:correction",)


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("note", ["Adds quotes from the opposition", "A correctional officer was hurt", "With photo"])
def test_a_note_about_something_else_signals_nothing(message, note: str) -> None:  # type: ignore[no-untyped-def]
    """Not everything that editors are told is a correction."""
    [story] = parse(message(note)).stories
    assert story.signals == ()


def test_what_an_item_says_itself_is_not_said_twice() -> None:
    """AFP's property and its line are one correction."""
    [story] = parse(newsml_1("CORRECTS para 4 to say Thursday", version="Correction")).stories
    assert story.signals == ("sig:correction",)


@pytest.mark.parametrize(("version", "signals"), [("Update", ("sig:update",)), ("2", ()), ("Original", ())])
def test_a_property_may_say_what_the_version_is(version: str, signals: tuple[str, ...]) -> None:
    """A number, or a word that nobody knows, is none."""
    [story] = parse(newsml_1("", version=version)).stories
    assert story.signals == signals
