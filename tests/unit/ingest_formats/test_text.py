"""Plain text in an agency's shape, or a page copied as text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import CreditElement, Story

WIRE = """Sahel-water-festival

Town by the river opens its water festival

By Jo Sample

ORAN-SUR-NIGER, March 26, 2026 (EP) - The town by the river opened its water festival on Thursday
with a race of forty boats, the first since the bridge was closed for repairs.

"We rowed on dry sand in our dreams for three years," said Ada Sample, who builds boats.

The festival lasts until Sunday, and the ferry runs all night.

ada/joe

EP
"""

PAGE = """Home
News
Town by the river opens its water festival
Share
Town by the river opens its water festival
March 26, 2026
Facebook
The town by the river opened its water festival on Thursday with forty boats, according to EP, its first in years.
READ: Bridge opens again after repairs
"We rowed on dry sand in our dreams for three years," said Ada Sample, who builds boats behind the market.
[newsletter_form id="3"]
The festival lasts until Sunday, and the ferry runs all night between the two banks for those who want to see both.
EP
Share on Facebook
Leave a Reply
Your email address will not be published. Required fields are marked *
This should never be seen.
"""


LONG = (
    "The harbour reopened after two years on Thursday, and the first ferry left the old pier with sixty people aboard, "
    "the town council said in a statement."
)


def story(text: str, hint: str = "") -> Story:
    """The story of a text."""
    return parse(text.encode(), hint=hint).stories[0]


def test_the_parts_of_a_wire_text() -> None:
    """Slug, headline, byline, dateline, body and end lines are told apart."""
    found = story(WIRE)
    assert found.slugline == "Sahel-water-festival"
    assert found.headline == "Town by the river opens its water festival"
    assert found.byline == "By Jo Sample"
    assert found.dateline == "ORAN-SUR-NIGER, March 26, 2026 (EP) -"
    assert len(found.paragraphs) == 5
    assert found.paragraphs[0].startswith("ORAN-SUR-NIGER") and found.paragraphs[0].endswith("repairs.")
    assert found.paragraphs[-2:] == ("ada/joe", "EP")
    assert found.credits == (
        CreditElement(where="byline", value="By Jo Sample"),
        CreditElement(where="dateline", value="ORAN-SUR-NIGER, March 26, 2026 (EP) -"),
        CreditElement(where="endline", value="ada/joe"),
        CreditElement(where="endline", value="EP"),
    )


def test_a_head_without_blank_lines() -> None:
    """It ends where the agency's dateline begins; bylines and notes in it are what they are."""
    found = story(
        "Bridge reopens after storm\nTraffic is heavy\n(EP) - SELWYN, 3 MAR - The bridge is open.\n   So is the road.\n"
    )
    assert (found.headline, found.subheadline) == ("Bridge reopens after storm", "Traffic is heavy")
    assert found.paragraphs == ("(EP) - SELWYN, 3 MAR - The bridge is open.", "So is the road.")
    headline = "Bridge over the river reopens after the storm in spring\nfor cars and trucks"
    head = f"{headline}\n(ATTN: ADDS photo)\nBy Kim Sample\n"
    for gap in ("", "\n"):
        found = story(f"{head}{gap}SELWYN, March 3 (EP) -- The bridge is open, the city said on Tuesday morning.\n")
        assert found.headline == headline.replace("\n", " ")
        assert (found.byline, found.dateline) == ("By Kim Sample", "SELWYN, March 3 (EP) --")
        assert found.ed_note == "(ATTN: ADDS photo)"


def test_slug_and_day_name_a_story() -> None:
    """Texts with one slug and day are one story; the same bytes are, where a text has no such thing."""
    assert story(WIRE).guid == "urn:dateline:wire:ep:2026-03-26:sahel-water-festival"
    assert story(WIRE.replace("Sahel-water-festival", "Sahel-water-festival LEAD 2")).guid == story(WIRE).guid
    assert story(WIRE.replace("March 26", "March 27")).guid != story(WIRE).guid
    for bare in (WIRE.replace("Sahel-water-festival\n", ""), WIRE.replace(", March 26, 2026", ""), PAGE):
        assert story(bare).guid == story(bare).guid
        assert story(bare).guid.startswith("urn:dateline:sha256:")
        assert story(bare).guid != story(bare + "\n.").guid
    assert story(WIRE).version == ""


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Headline: KILL: Ferry runs again", "canceled"),
        ("Headline: Kill switch for ferries", "usable"),
        ("Status: killed", "canceled"),
        ("Status: embargoed", "withheld"),
        ("Status: hold", "withheld"),
        ("Status: final", "usable"),
    ],
)
def test_labelled_lines_that_say_what_becomes_of_a_story(label: str, status: str) -> None:
    """A headline as it does without a label; a status that is none of a desk's own work."""
    (story,) = parse(f"Slug: River-Ferry\n{label}\n\nORAN, March 26 (EP) - {'It rained. ' * 30}\n".encode()).stories
    assert story.pubstatus == status


def test_a_kill_of_a_plain_text() -> None:
    """It names the slug and the day, so it is a version of the story that it cancels, and comes after its leads."""
    kill = "MANDATORY KILL\n\nEditors: Kill the story slugged Sahel-water-festival. It is not true.\n"
    dated = (
        kill.replace("MANDATORY", "Sahel-water-festival\n\nMANDATORY")
        + "\nORAN-SUR-NIGER, March 26, 2026 (EP) - The story is wrong in all its parts, we regret.\n"
    )
    found = story(dated)
    assert (found.guid, found.pubstatus, found.signals) == (story(WIRE).guid, "canceled", ("kill",))
    assert "It is not true." in found.ed_note
    alone = story(kill)
    assert alone.pubstatus == "canceled"
    assert [(link.rel, link.title) for link in alone.links] == [("kills", "Sahel-water-festival")]


def test_marks_of_a_plain_text() -> None:
    """Urgency, lead and embargo lines are read and are neither slug nor headline."""
    marked = WIRE.replace("\n\nTown by", "\n\nURGENT\n\nLEAD 2\n\nEMBARGOED UNTIL 1800 GMT\n\nTown by", 1)
    found = story(marked)
    assert (found.urgency, found.signals, found.headline) == (3, ("sig:update",), story(WIRE).headline)
    assert found.embargo is not None and found.embargo.isoformat() == "2026-03-26T18:00:00+00:00"
    assert found.slugline == "Sahel-water-festival"
    assert found.version == "3"


def test_the_closing_block() -> None:
    """Who reported and edited is kept as credits and stays in the text; a sign of the end does not."""
    closed = WIRE.replace("ada/joe\n\nEP\n", "(Reporting by Ada Sample in Oran; Editing by Joe Desk)\n\n-30-\n")
    found = story(closed)
    assert found.paragraphs[-1] == "(Reporting by Ada Sample in Oran; Editing by Joe Desk)"
    assert [one.value for one in found.credits if one.where == "endline"] == [found.paragraphs[-1]]


def test_a_text_in_parts() -> None:
    """MORE at the end makes a first take; the second says its number."""
    first, second = story(WIRE + "\nMORE\n"), story(WIRE.replace("festival\n\n", "festival take 2\n\n", 1))
    assert (first.take, second.take) == (1, 2)
    assert "more" in first.signals and "MORE" not in first.paragraphs
    assert first.guid == second.guid


def test_windows_text_without_a_charset() -> None:
    """Agencies send it every day: it is read where the letters show what it is."""
    text = "Fête-fleuve\n\nFête de l’eau\n\n"
    text += "ORAN, 26 mars 2026 (EP) - La ville a ouvert sa fête à côté du fleuve, où l’été est là.\n"
    found = parse(text.encode("cp1252")).stories[0]
    assert found.headline == "Fête de l’eau"
    assert found.guid == "urn:dateline:wire:ep:2026-03-26:fete-fleuve"


def test_a_page_copied_as_text() -> None:
    """What surrounds the story goes, the pointer becomes a link, the bare credit at its end stays."""
    found = story(PAGE)
    assert found.headline == "Town by the river opens its water festival"
    assert [text[:12] for text in found.paragraphs] == ["The town by ", '"We rowed on', "The festival", "EP"]
    assert [(link.rel, link.title) for link in found.links] == [("related", "Bridge opens again after repairs")]
    assert CreditElement(where="endline", value="EP") in found.credits


def test_labelled_lines_at_the_top() -> None:
    """Lines such as ``Slug: x`` give the fields they name."""
    found = story("Slug: water\nHeadline: Rain\nUrgency: 3\nCredit: EP\n\nIt rained.\n\nIt stopped.")
    assert (found.slugline, found.headline, found.urgency, found.creditline) == ("water", "Rain", 3, "EP")
    assert found.paragraphs == ("It rained.", "It stopped.")


def test_a_charset_that_the_carrier_states() -> None:
    """Bytes that are not UTF-8 are read in the charset of the media type."""
    found = parse("Été\n\nIl fait chaud à Oran.".encode("cp1252"), hint="text/plain; charset=windows-1252")
    assert found.stories[0].paragraphs == ("Il fait chaud à Oran.",)


def test_a_release_of_a_press_release_wire() -> None:
    """The source is labelled, the dateline names the wire between strokes, the company stands under the text."""
    found = story(
        "Source: Sample Boats, Inc. \nMEDIA RELEASE PR00001\nSample Boats Builds a Bridge\n\n"
        "ORANBURG, Texas, Feb. 1, 2031 /PRNewswire-AsiaNet/ --\n\n"
        "Sample Boats, a maker of boats, today announced a bridge over the river.\n\n"
        "The bridge will carry everyone who cannot swim.\n\nSOURCE Sample Boats, Inc. \n"
    )
    assert (found.headline, found.slugline) == ("Sample Boats Builds a Bridge", "MEDIA RELEASE PR00001")
    assert found.dateline == "ORANBURG, Texas, Feb. 1, 2031 /PRNewswire-AsiaNet/ --"
    assert found.creditline == "Sample Boats, Inc."
    assert CreditElement(where="endline", value="SOURCE Sample Boats, Inc.") in found.credits


def test_the_signs_of_telex_around_a_message_are_no_text() -> None:
    """ZCZC with its channel, NNNN."""
    found = story("ZCZC XPA001\nTown opens its water festival\n\nThe boats are out on the river again.\n\nNNNN\n")
    assert found.headline == "Town opens its water festival"
    assert found.paragraphs == ("The boats are out on the river again.",)


def test_a_line_that_says_whose_a_picture_is_leaves_the_text_but_is_kept() -> None:
    """In the words of several languages; attribution reads it."""
    text = "\n\n".join(WIRE.strip().split("\n\n")[1:6])
    for line in ("Photo: Ada Sample / EP", "Foto: Ada Sample/EP", "Kuva: Ada Sample / EP", "사진=EP"):
        found = story(f"{text}\n\n{line}\n")
        assert line not in found.paragraphs
        assert CreditElement(where="picture", value=line) in found.credits


def test_an_agency_between_headline_and_text_is_a_source() -> None:
    """It is no further headline, where the text begins without a dateline."""
    body = "The town by the river opened its water festival on Thursday with a race of forty boats, the first in "
    body += "years, as the bridge was closed for repairs until then."
    found = story(f"Town by the river opens its water festival\n\nEP / ada\n\n{body}\n\nThe ferry runs all night.\n")
    assert found.subheadline == ""
    assert CreditElement(where="source", value="EP / ada") in found.credits


def test_a_byline_above_short_paragraphs_is_a_byline() -> None:
    """Nothing but their place tells these from lines of the head."""
    found = story("Boats race again\n\nBy Jo Sample\n\nForty boats raced.\n\nThe ferry runs all night.\n")
    assert (found.headline, found.byline) == ("Boats race again", "By Jo Sample")
    assert found.paragraphs == ("Forty boats raced.", "The ferry runs all night.")


def test_a_short_lead_has_its_dateline_too() -> None:
    """Below a headline, whatever follows it; a headline that begins like one is a headline still."""
    found = story("Ferry fares rise\n\nBy Ada Berg\n\nOSLO, Nov 9 (XYZ) - Fares rise.\n\nThey rise by a tenth.\n")
    assert (found.headline, found.byline, found.dateline) == ("Ferry fares rise", "By Ada Berg", "OSLO, Nov 9 (XYZ) -")
    slugged = story("Ferry-Fares, 2nd Lead\n\nFerry fares rise\n\nOSLO (XYZ) - Fares rise.\n\nBy a tenth.\n")
    assert (slugged.slugline, slugged.headline) == ("Ferry-Fares, 2nd Lead", "Ferry fares rise")


@pytest.mark.parametrize("byline", ["מאת: דנה לוי", "بقلم: ليلى حداد", "Автор: Анна Берг"])
def test_who_wrote_it_may_stand_behind_a_label_in_other_scripts(byline: str) -> None:
    """With a colon, since nothing else tells it from a sentence there."""
    found = story(f"Harbour opens\n\n{byline}\n\nThe harbour was opened again on Monday, its office said.\n\nIt was.\n")
    assert (found.byline, byline in found.paragraphs) == (byline, False)


def test_a_sentence_with_the_sign_of_its_end_is_no_credit() -> None:
    """As Xinhua and others close a story."""
    assert not story("港口\n\n港口周一重新开放，市长说。\n\n市长表示高兴。（完）\n").credits


@pytest.mark.parametrize("keyword", ["BC-XX--River Bridge, 2nd Ld-Writethru,310", "BC-XX--River Bridge,310"])
def test_a_keyword_line_of_the_associated_press(keyword: str) -> None:
    """Its cycle tells it from a headline; the agency's name under the byline is a source."""
    found = story(f"{keyword}\nBridge opens again\nBy ADA SAMPLE\nAssociated Press\n\nOAKHAVEN (AP) — It is open.\n")
    assert (found.slugline, found.headline, found.subheadline) == (keyword, "Bridge opens again", "")
    assert CreditElement(where="source", value="Associated Press") in found.credits


def test_a_line_in_brackets_over_the_headline_is_a_note() -> None:
    """It is for editors, whether or not it says what was put right; alone it is the headline."""
    found = story(
        "(RETIFICA o nome)\n\nPonte reabre\n\nAveiro, 26 mar 2026 (Lusa) -- A ponte reabriu hoje ao trânsito.\n"
    )
    assert (found.headline, found.ed_note, found.signals) == ("Ponte reabre", "(RETIFICA o nome)", ("sig:correction",))
    found = story("(mit Bild)\n\nBrücke wieder offen\n\nBerlin (dpa) - Die Brücke ist wieder offen für Autos.\n")
    assert (found.headline, found.ed_note) == ("Brücke wieder offen", "(mit Bild)")
    assert story("(mit Bild)\n\nBerlin (dpa) - Die Brücke ist wieder offen für Autos.\n").headline == "(mit Bild)"


@pytest.mark.parametrize("line", ["26 mars 2026", "Thursday, March 26, 2026", "26. März 2026", "26 de marzo de 2026"])
def test_a_line_that_names_a_day_in_words_is_the_time(line: str) -> None:
    """As a time of a standard's is; a month alone is not."""
    text = (
        f"Ponte reabre\n\n{{}}\n\n{'A ponte reabriu ao trânsito, disse o município, que a fechou há dois anos. ' * 2}\n"
    )
    assert story(text.format(line)).version_created == datetime(2026, 3, 26, tzinfo=UTC)
    assert story(text.format("March 2026")).version_created is None


def test_a_dateline_with_a_state() -> None:
    """The state in brackets is no agency."""
    found = story(
        "Boats seized\n\nNagapattinam (TN), Mar 26 (PTI) Eleven fishermen were held on Thursday, police said.\n"
    )
    assert found.dateline == "Nagapattinam (TN), Mar 26 (PTI)"


def test_the_end_behind_the_last_sentence() -> None:
    """The word goes, the sentence stays."""
    found = story("Ferry aground\n\nHANGZHOU, March 26 (Xinhua) -- A ferry ran aground on Thursday.  Enditem\n")
    assert found.paragraphs == ("HANGZHOU, March 26 (Xinhua) -- A ferry ran aground on Thursday.",)


@pytest.mark.parametrize("mark", ["GENTAGELSE", "GJENTAKELSE", "UPPREPNING", "TOISTO", "POWTÓRZENIE", "ПОВТОР", "RPT"])
def test_a_mark_over_the_headline_is_no_headline(mark: str) -> None:
    """A line that only says that the story is sent once more signals it."""
    found = story(f"{mark}:\n\nFerry aground\n\nA ferry ran aground on Thursday.\n")
    assert (found.headline, found.signals) == ("Ferry aground", ("sig:repeat",))


def test_a_german_embargo_that_begins_with_attention() -> None:
    """``Achtung`` before it is no kill, and hides no embargo."""
    said = "Achtung Sperrfrist: 27.03.2026, 06.00 Uhr"
    found = story(f"{said}\n\nStudie\n\nBerlin (dpa) - Kinder lesen wieder mehr als früher.\n")
    assert (found.headline, found.pubstatus) == ("Studie", "usable")
    assert found.embargo == datetime(2026, 3, 27, 5, tzinfo=UTC)


def test_a_sentence_over_the_headline_that_says_what_was_put_right() -> None:
    """It is a note, and a signal; where nothing else stands there, it is the headline."""
    note = "RÄTTELSE: I en tidigare version angavs fel belopp."
    found = story(f"{note}\n\nNy bro invigd\n\nDen nya bron invigdes på torsdagen.\n\nBygget började i fjol.\n")
    assert (found.headline, found.ed_note, found.signals) == ("Ny bro invigd", note, ("sig:correction",))
    assert found.paragraphs == ("Den nya bron invigdes på torsdagen.", "Bygget började i fjol.")
    assert story(f"{note}\n\nDen nya bron invigdes på torsdagen.\n").headline == note


def test_a_refiled_update_is_both() -> None:
    """The second mark of a headline counts, and its number; what the note says was fixed makes it a correction."""
    head = "REFILE-UPDATE 3-Shares fall\n\n(Refiles to fix spelling in paragraph 4)"
    found = story(f"{head}\n\nOAKHAVEN, March 26 (XPA) - Shares fell on Thursday.\n")
    assert set(found.signals) == {"sig:repeat", "sig:update", "sig:correction"}
    assert found.ed_note == "(Refiles to fix spelling in paragraph 4)"


def test_the_end_of_a_telex_behind_its_time() -> None:
    """NNNN says nothing, on a line of its own or not; the time before it is the story's, by the agency's clock."""
    found = story(
        "ZCZC7041/SX4\nShares fall\n\n(ANSA) - ANCONA, 26 MAR - Shares fell on Thursday.\n\n26-MAR-26 10:15 NNNN\n"
    )
    assert found.paragraphs[-1] == "(ANSA) - ANCONA, 26 MAR - Shares fell on Thursday."
    assert found.version_created == datetime(2026, 3, 26, 9, 15, tzinfo=UTC)


def test_where_the_canadian_press_signs() -> None:
    """The line that says when it was first published is a credit."""
    line = "This report by The Canadian Press was first published March 26, 2026."
    found = story(f"Rate held\n\nOTTAWA — The bank held its rate on Thursday, as expected.\n\n{line}\n")
    assert CreditElement(where="endline", value=line) in found.credits


def test_a_summary_that_is_the_first_sentence_too_takes_no_headline_away() -> None:
    """It stands once."""
    summary = "The ferry sails again at last."
    found = story("\n\n".join(("Harbour reopens after the flood", summary, LONG, summary)))
    assert found.headline == "Harbour reopens after the flood"
    assert found.paragraphs == (LONG, summary)


@pytest.mark.parametrize("headline", ["ANALYSIS: What the harbour lost", "Opinion: This is no harbour"])
def test_a_label_over_a_text_is_of_its_headline(headline: str) -> None:
    """Among the text such a line points to another story."""
    assert story(f"{headline}\n\n{LONG}").headline == headline


def test_what_stands_between_headline_and_text_is_kept() -> None:
    """Captions, names and credits that are neither headline nor byline open the body."""
    lines = ("Harbour reopens", "The ferry sails again", "The old pier at dawn (AFP)", "Ann Hind", LONG)
    found = story("\n\n".join(lines))

    assert (found.headline, found.subheadline) == lines[:2] and found.paragraphs == lines[2:]


def test_a_headline_with_a_bracket_and_a_colon_is_no_dateline_over_one() -> None:
    """The line with the agency is."""
    found = story(f"Harbour, Roe (Pd): the ferry sails\n\nOAKHAVEN, 3 mar. (ANSA) - {LONG}")

    assert found.headline == "Harbour, Roe (Pd): the ferry sails" and found.dateline == "OAKHAVEN, 3 mar. (ANSA) -"


def test_a_dateline_in_a_line_of_its_own() -> None:
    """The text begins below it."""
    found = story(f"El port obre\n\nArxiu\n\nRIERA, 3 mar. (EUROPA PRESS) -\n\n{LONG}")

    assert found.dateline == "RIERA, 3 mar. (EUROPA PRESS) -" and found.paragraphs[-1] == LONG


def test_a_headline_that_meets_with_people_in_a_place_is_no_byline() -> None:
    """Names stand around the word in a byline."""
    assert story(f"Mayor meets with fishermen in Oakhaven\n\n{LONG}").byline == ""


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("26-MAR-26 10:15", datetime(2026, 3, 26, 9, 15, tzinfo=UTC)),
        ("March 26, 2026 08:15 ET (12:15 GMT)", datetime(2026, 3, 26, 12, 15, tzinfo=UTC)),
        ("Corrected March 26, 2026 16:15 ET", datetime(2026, 3, 26, 20, 15, tzinfo=UTC)),
    ],
)
def test_the_time_under_a_text(line: str, sent: datetime) -> None:
    """A line under the text that is a moment and nothing else is the version's time, and no text."""
    found = story(f"Shares fall\n\n(ANSA) - ANCONA, 26 MAR - Shares fell on Thursday.\n\nABC/DEF\n\n{line}\n")
    assert found.version_created == sent and found.paragraphs[-1] == "ABC/DEF"


def test_figures_under_a_text_are_no_time() -> None:
    """A last sentence that names a day and an hour is text."""
    last = "The ferry sails again on March 26, 2026 10:15 from the old pier, as it did."
    found = story(f"Ferry sails\n\nSKERRY, March 1 (EP) - The ferry is mended.\n\n{last}\n")
    assert found.version_created is None and found.paragraphs[-1] == last


def test_when_a_line_above_says_it_came_out() -> None:
    """The clock is the agency's where the zone that is named could be several."""
    head = "Boat club wins\n\nANI | Updated: Mar 12, 2026 19:05 IST\n\n"
    text = f"{head}Kochi (Kerala) [India], March 12 (ANI): A club won on Thursday.\n"
    found = story(text)
    assert found.version_created == datetime(2026, 3, 12, 13, 35, tzinfo=UTC)
    assert (found.headline, found.subheadline) == ("Boat club wins", "")


def test_a_summary_of_stories() -> None:
    """Its rules are no text and part its stories; the sentence under its title begins the text."""
    text = (
        "Orex News Summary\n\nThese are the stories that we moved today.\n\n--------------\nFerry stops\n"
        "ORANBURG -- The ferry across the river will stop on Tuesday, the council said.\n--------------\nLock opens\n"
        "HILLTON -- The lock of the canal will open on Wednesday, after three years of work.\n"
    )
    found = story(text)
    assert (found.headline, found.subheadline) == ("Orex News Summary", "")
    assert found.paragraphs[0] == "These are the stories that we moved today."
    assert "---" not in " ".join(found.paragraphs)


def test_points_over_a_text_are_no_headline() -> None:
    """They open the body, all of them."""
    head = "Mill cuts outlook\n\n* Sales seen down 5%\n\n* Shares fall\n\n"
    text = f"{head}SKERRY, March 12 (EP) - A mill cut its outlook.\n"
    found = story(text)
    assert (found.subheadline, found.paragraphs[:2]) == ("", ("* Sales seen down 5%", "* Shares fall"))


@pytest.mark.parametrize(
    "label", ["PRESS RELEASE", "FOR IMMEDIATE RELEASE", "Pressemitteilung", "Communiqué de presse"]
)
def test_what_only_says_that_it_is_a_release(label: str) -> None:
    """Such a line is no headline, but a note to editors."""
    found = story(f"{label}\n\nFerry sails again\n\nSKERRY, March 12 (EP) - The ferry sails again on Friday.\n")
    assert (found.headline, found.ed_note) == ("Ferry sails again", label)


def test_a_wire_of_releases_between_headline_and_text() -> None:
    """It is the source of the text."""
    found = story(
        "Ferry firm grows\n\nPR Newswire\n\nSKERRY, March 12, 2026 /PRNewswire/ -- The ferry firm has grown.\n"
    )
    assert CreditElement(where="source", value="PR Newswire") in found.credits and found.subheadline == ""


def test_a_reporter_behind_a_korean_dateline() -> None:
    """Korean agencies name the reporter before the sign of equality; the notice's time is Seoul's."""
    notice = "<저작권자(c) 연합뉴스, 무단 전재-재배포 금지> 2026/03/12 10:20 송고"
    found = story(f"부두에서 불\n\n(부산=연합뉴스) 김가나 기자 = 부두에서 불이 났다.\n\n곧 꺼졌다.\n\n{notice}\n")
    assert (found.dateline, found.byline) == ("(부산=연합뉴스)", "김가나 기자")
    assert found.version_created == datetime(2026, 3, 12, 1, 20, tzinfo=UTC)
    assert found.copyright_notice == notice and notice not in found.paragraphs


def test_a_chinese_headline_that_names_the_agency() -> None:
    """Only what ends as a dateline does is one: a flash is no telegram."""
    found = story(
        "新华社快讯：大桥恢复通车\n\n新华社广州３月１２日电 封闭的大桥１２日恢复通车。\n\n目前交通正常。（完）\n"
    )
    assert (found.headline, found.dateline) == ("新华社快讯：大桥恢复通车", "新华社广州３月１２日电")


def test_the_agency_and_the_day_over_a_headline() -> None:
    """What is called a news agency, or is the dateline's, is no headline, nor is a byline right under one."""
    told = "TOWN OPENS BRIDGE\n\nORANBURG, March 26. /OREX/. The bridge opened on Thursday.\n"
    found = parse(f"OREX News Agency\n\nMarch 26, 2026\n\n{told}".encode()).stories[0]
    assert (found.headline, found.dateline) == ("TOWN OPENS BRIDGE", "ORANBURG, March 26. /OREX/.")
    assert CreditElement(where="source", value="OREX News Agency") in found.credits
    assert found.version_created == datetime(2026, 3, 26, tzinfo=UTC)
    placed = parse(b"OXM/Hillton\n\nTown opens bridge\n\nHILLTON, 26 March (OXM) -- The bridge opened.\n").stories[0]
    assert (placed.headline, placed.credits[0]) == (
        "Town opens bridge",
        CreditElement(where="source", value="OXM/Hillton"),
    )
    signed = parse(
        f"Town opens a bridge over the river that divides it\nBy Jo Sample\n\n{'The bridge opened. ' * 9}".encode()
    )
    assert (signed.stories[0].headline[-10:], signed.stories[0].byline) == ("divides it", "By Jo Sample")


@pytest.mark.parametrize("line", ["26.03.2026 14:35 GMT+04:00", "26/03/2026 10:35 GMT", "26-MAR-2026 10:35 GMT"])
def test_a_line_that_states_a_moment_is_the_time(line: str) -> None:
    """Day and time of day in figures, with a zone, over the text; also under a headline as long as a paragraph."""
    headline = "TOWN OPENS A BRIDGE OVER THE RIVER THAT DIVIDES IT SINCE THE FLOODS OF THE LAST SPRING"
    found = parse(f"{headline}\n\n{line}\n\n{'The bridge opened on Thursday. ' * 8}".encode()).stories[0]
    assert (found.headline, found.version_created) == (headline, datetime(2026, 3, 26, 10, 35, tzinfo=UTC))


@pytest.mark.parametrize(
    ("dateline", "byline"),
    [
        ("Oranburg, March 26, OXNA –", ""),
        ("ORANBURG, MARCH 26, OREXPRESS:", ""),
        ("新华社青石3月26日电", "张安、李河"),
        ("تجريب-سانا", ""),
    ],
)
def test_datelines_with_the_agency_behind_the_date(dateline: str, byline: str) -> None:
    """As in the Caucasus and Iran; China's names the reporters in brackets behind it, Syria's has a line of its own."""
    behind = f"（记者{byline}）" if byline else "\n" if dateline.endswith("سانا") else " "
    found = parse(
        f"Town opens bridge\n\n{dateline}{behind}The bridge over the river opened on Thursday.\n".encode()
    ).stories[0]
    assert (found.dateline, found.byline) == (dateline, byline)


@pytest.mark.parametrize(
    "dateline",
    [
        "HILLTON, Elsewhere--(BUSINESS WIRE)--March 26, 2006--",
        "26.03.2026, Oranburg (PAP) -",
        "Орбург. 26 марта. INTERFAX.RU -",
        "رام الله 26-3-2026 وفا-",
        "الدوحة في 26 مارس /قنا/",
    ],
)
def test_datelines_that_hold_a_day(dateline: str) -> None:
    """Business Wire's day stands behind the name, Interfax is called by its domain, WAFA's day is in figures."""
    found = parse(f"Town opens bridge\n\n{dateline} The bridge over the river opened.\n".encode()).stories[0]
    assert (found.headline, found.dateline) == ("Town opens bridge", dateline)


def test_a_keyword_under_the_text() -> None:
    """Reuters' last line names the keyword and is no text."""
    told = (
        "Town opens bridge\n\nHILLTON, March 26 (XP) - The bridge over the river opened.\n\nKeywords: HILLTON BRIDGE/\n"
    )
    found = parse(told.encode()).stories[0]
    assert (found.slugline, found.paragraphs[-1][-7:]) == ("HILLTON BRIDGE/", "opened.")


def test_a_keyword_with_a_cycle_that_is_the_only_headline() -> None:
    """AP's digests on the web have nothing else: it is the keyword too, and what stands beside it counts."""
    text = "Here is the list of stories from Hillton, with photos."
    found = parse(f"BC-XX--Hillton News Digest,ADVISORY, XX\n\nSeptember 27, 2026\n\n{text}".encode()).stories[0]
    assert (found.slugline, found.signals) == (found.headline, ("sig:advisory",))


def test_a_keyword_that_kills_and_is_the_only_headline() -> None:
    """What it says beside the name of the story counts."""
    assert story("storm-oran-kill\n\nIt was not so.\n").pubstatus == "canceled"


def test_a_part_of_a_serial_is_no_take() -> None:
    """Its headline may be joined by hyphens as a keyword is."""
    found = story("Town-on-the-river Part 2\n\nORAN (EP) - The town floods each year, and it floods in May.\n")
    assert (found.headline, found.slugline, found.take) == ("Town-on-the-river Part 2", "", 0)


def test_a_table_of_many_lines() -> None:
    """Results and closing prices come as thousands of lines; those of a text that no story needs are refused."""
    row = "Ward {}  120  340\n"
    found = story("Results by ward\n\n" + "".join(map(row.format, range(15_000))))
    assert len(found.paragraphs) == 15_000
    with pytest.raises(Unparseable, match="40001 lines"):
        story(row * 40_001)


def test_a_catchline_over_the_headline_and_a_byline_under_it() -> None:
    """PA's begins with the number of its page; without a dateline the text begins under the byline."""
    head = "1 TRANSPORT Pier\n\nPIER OPENED AT LAST\n\nBy Jo Sample, Xpress News"
    found = parse(f"{head}\n\nThe pier was opened.\n\nIt cost four million.\n".encode()).stories[0]
    assert (found.slugline, found.headline) == ("1 TRANSPORT Pier", "PIER OPENED AT LAST")
    assert (found.byline, found.paragraphs[0]) == ("By Jo Sample, Xpress News", "The pier was opened.")


def test_a_time_by_the_clock_of_a_city() -> None:
    """Bloomberg's line over the text names the city in brackets."""
    text = "March 26 (Oreberg) -- Ore Foods recalled pears."
    told = f"Ore Recalls Pears (Update2)\n\n2026-03-26 09:41 (New York)\n\n     {text}\n"
    assert parse(told.encode()).stories[0].version_created == datetime(2026, 3, 26, 13, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headline", "dateline"),
    [
        ("Town opens its own news agency", ""),
        ("XP boss steps down", "HILLTON, March 26 (XP) - "),
        ("XP source: bridge is to close", "HILLTON, March 26 (XP) - "),
        ("12 NATO ships pass under the bridge", ""),
        ("10 DEAD as bridge falls", ""),
    ],
)
def test_a_headline_that_speaks_of_agencies_or_numbers_is_one(headline: str, dateline: str) -> None:
    """It is neither the agency that the copy is of nor the slug, though it begins or ends as these do."""
    told = f"{headline}\n\nMayor speaks of a surprise\n\n{dateline}{'The town saw it on Thursday. ' * 8}"
    found = parse(told.encode()).stories[0]
    assert (found.headline, found.subheadline) == (headline, "Mayor speaks of a surprise")
    assert (found.slugline, [one for one in found.credits if one.where == "source"]) == ("", [])


@pytest.mark.parametrize("line", ["Keywords: harbour, boats, nets", "Keywords: What do the words on the signs mean?"])
def test_a_reader_s_keywords_under_the_text_are_no_slug(line: str) -> None:
    """Only a keyword in capitals is one; other words stay where they stand."""
    found = parse(f"Town opens bridge\n\n{'The bridge opened on Thursday. ' * 8}\n\n{line}\n".encode()).stories[0]
    assert (found.slugline, found.paragraphs[-1]) == ("", line)


def test_a_sentence_with_a_name_behind_a_date_is_no_dateline() -> None:
    """An agency in small letters has a colon behind it; behind a dash it may be anybody's name."""
    text = "On Sunday, March 14, Jane – who had never sailed before – took the boat out and came back with a seal."
    assert parse(f"Girl sails alone\n\n{text}\n".encode()).stories[0].dateline == ""
    stated = parse(b"Town opens bridge\n\nOranburg, March 26, Orexa: The bridge opened on Thursday.\n").stories[0]
    assert stated.dateline == "Oranburg, March 26, Orexa:"


def test_a_town_that_is_called_like_a_word_for_reading_opens_a_text() -> None:
    """Soma is a town, too: before a dash it points to no other story, before a colon it does."""
    told = "SOMA – Rescuers worked through the night in the shaft, officials of the district said on Monday."
    found = parse(f"Miners trapped\n\n{told}\n\n{'They were told to wait for news. ' * 8}".encode()).stories[0]
    assert (found.dateline, found.paragraphs[0], found.links) == ("SOMA –", told, ())
