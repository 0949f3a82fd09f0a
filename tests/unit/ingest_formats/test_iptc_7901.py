"""IPTC 7901: header, keyword line, headline, body, notebook and date, in several languages and charsets."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.ordering import compare
from dateline_schemas.story import CreditElement, Story

BODY = (
    "   Oranburg (epx) - The town by the river opened its water festival on\r\n"
    "Thursday with a race of forty boats, the first one since the bridge\r\n"
    "was closed for repairs.\r\n\r\n"
    '   "We rowed on dry sand in our dreams for three years," said Ada\r\n'
    "Sample, who builds boats.\r\n\r\n"
)
NOTEBOOK = (
    "# epx NOTEBOOK\r\n\r\n## Note to editors\r\n- adds quote in graf 2\r\n\r\n"
    "## Internet links\r\n- [The festival](https://river.example/fest)\r\n\r\n* * * *\r\n"
    "The following information is not for publication\r\n\r\n## Contacts\r\n"
    "- Reporting by: Ada Sample in Oranburg and\r\n  Joe Muster\r\n- Editing by: Jo Desk\r\n\r\nepx as jm jd\r\n"
)


def wire(
    head: str = "Town opens its water festival =",
    *,
    body: str = BODY,
    keyword: str = "River/festival/",
    number: str = "062",
    time: str = "261137 GMT Mar 26",
    optional: str = "epx 061",
    priority: int = 4,
) -> bytes:
    """A message as agencies send it."""
    header = f"\x01xca{number} {priority} i 211 ccccb   {optional}\r\n\r\n{keyword}\r\n"
    text = f"{header}\x02{head}\r\n\r\n{body}\r\n\x03{time}\r\n"
    return (text + "\x7f\r\n\x7f\x04").encode()


def story(data: bytes, hint: str = "") -> Story:
    """The one story of a message that is told to be IPTC 7901."""
    found = parse(data, hint=hint)
    assert found.format == "iptc-7901"
    (only,) = found.stories
    return only


def test_a_bracket_over_the_headline_ends_no_head() -> None:
    """Both have the sign that ends one; nor is the sign a part of a byline."""
    found = story(
        wire("(EMBARGO UNTIL 1800 GMT) =\r\n\r\nTown opens its water festival =", body=f"By Jo Sample =\r\n{BODY}")
    )
    assert (found.headline, found.byline) == ("Town opens its water festival", "By Jo Sample")
    assert found.embargo == datetime(2026, 3, 26, 18, 0, tzinfo=UTC)
    alone = story(wire("(With a picture) =", body=f"{BODY}\r\nSum of all =\r\nMore."))
    assert alone.paragraphs[0] == story(wire("Festival =", body=BODY)).paragraphs[0]


def test_the_header_says_who_what_and_how_urgent() -> None:
    """Service and number, priority, category, agency and its number are read from the header."""
    found = story(wire())
    assert (found.urgency, found.provider, found.slugline) == (4, "epx", "River/festival/")
    assert [(one.scheme, one.code) for one in found.alt_ids] == [("iptc7901", "xca062"), ("epx", "061")]
    assert [(one.scheme, one.code) for one in found.subjects] == [("iptc7901", "i")]
    assert found.keywords == ("River", "festival")
    assert found.version_created == datetime(2026, 3, 26, 11, 37, tzinfo=UTC)
    assert found.version == "2026-03-26T11:37:00Z"


@pytest.mark.parametrize("keyword", ["River/festival/", "Politics/River/", "River"])
@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("KILL", 'Please kill the story headlined "Town opens its water festival", sent at 1137 GMT.'),
        ("KILL KILL", 'Please kill the item "Town opens its water festival", sent at 1137 GMT.'),
        ("ACHTUNG: Meldung zurückgezogen", "Wir ziehen die Meldung «Town opens its water festival» zurück."),
        ("ANULACIÓN", 'Queda anulada la noticia titulada "Town opens its water festival".'),
        ("ANULACIÓN: Town opens its water festival", 'Queda anulada la noticia, transmitida "por error".'),
        ("ANNULATION", "Prière d'annuler la dépêche « Town opens its water festival » de 11H37."),
        ("STORNO - Town opens its water festival", "Die Meldung wird storniert."),
        ("KILL", 'Please kill the story headlined "Town opens its water festival" and cease all use.'),
        ("KILL", 'Do not publish or use the story "Town opens its water festival", to be replaced by a new one.'),
        ("ANNULATION", 'La dépêche intitulée "Town opens its water festival" est annulée et remplacée.'),
        ("STORNO", 'Die Meldung "Town opens its water festival" gilt als storniert.'),
    ],
)
def test_a_kill_meets_the_story_that_it_quotes(keyword: str, head: str, text: str) -> None:
    """Under the same keyword, which may be one of many stories of that day."""
    kill = story(wire(f"{head} =", body=f"   {text}\r\n", number="070", keyword=keyword))
    assert (kill.pubstatus, kill.guid) == ("canceled", story(wire(keyword=keyword)).guid)


@pytest.mark.parametrize(
    "text",
    [
        'Please kill our story on the ferry. Use the item "Town opens its water festival" instead.',
        'Please kill our story on the ferry. The item "Town opens its water festival" stands.',
        'The ferry item is withdrawn and replaced by the story headlined "Town opens its water festival".',
        'Please kill the item "Ferry stops". It repeats the item "Town opens its water festival".',
    ],
)
def test_a_kill_spares_the_story_to_use_instead(text: str) -> None:
    """Under a keyword of many stories what is quoted may be that one."""
    kill = story(wire("KILL =", body=f"   {text}\r\n", number="070", keyword="River"))
    assert kill.pubstatus == "canceled"
    assert kill.guid != story(wire(keyword="River")).guid


def test_headline_dateline_and_paragraphs() -> None:
    """The sign = ends the headline; lines broken at the measure become paragraphs again."""
    found = story(wire())
    assert found.headline == "Town opens its water festival"
    assert found.dateline == "Oranburg (epx) -"
    assert [text.split()[0] for text in found.paragraphs] == ["Oranburg", '"We']
    assert found.paragraphs[0].endswith("was closed for repairs.")
    assert found.body_html.startswith("<p>Oranburg (epx) - The town")


def test_a_keyword_of_one_word_over_a_headline() -> None:
    """Behind STX it is no line of the headline; one in capitals is a note."""
    found = story(wire("Festival\r\nTown opens its water festival =", keyword=""))
    assert (found.slugline, found.headline) == ("Festival", "Town opens its water festival")
    assert story(wire("EXTRA\r\nTown opens its water festival =", keyword="")).slugline == ""


def test_marks_and_byline_between_header_and_text() -> None:
    """Lines such as REFILE and 1ST LEAD are no headline; the byline is the one before =."""
    found = story(wire("REFILE\r\n1ST LEAD\r\nTown opens its water festival\r\nBy epx correspondents ="))
    assert (found.headline, found.byline) == ("Town opens its water festival", "By epx correspondents")
    assert set(found.signals) == {"sig:repeat", "sig:update"}


def test_a_headline_that_is_broken_and_a_bracket_over_two_lines() -> None:
    """A long headline goes on in the next line; a note in brackets is one, however many lines it takes."""
    head = (
        "(Berichtigung: In einer früheren Fassung hieß es, die Brücke sei\r\nseit 2020 zu gewesen.)\r\n"
        "Die Stadt am Fluss eröffnet nach langer Pause wieder ihr\r\ngroßes Wasserfest\r\nVon Ada Muster, epx ="
    )
    found = story(wire(head))
    assert found.headline == "Die Stadt am Fluss eröffnet nach langer Pause wieder ihr großes Wasserfest"
    assert found.byline == "Von Ada Muster, epx"
    assert "sig:correction" in found.signals
    assert "seit 2020 zu gewesen.)" in found.ed_note


def test_a_note_under_the_keyword_and_a_byline_over_the_text() -> None:
    """A bracket under the keyword line is for editors; a byline that opens the text is none of it."""
    held = story(wire("Town opens its festival =", keyword="River/festival/\r\n(Embargo until 27 March, 0600 GMT)"))
    assert (held.embargo, held.slugline) == (datetime(2026, 3, 27, 6, tzinfo=UTC), "River/festival/")
    signed = story(wire(body=f"   By Ada Sample\r\n{BODY}"))
    assert (signed.byline, signed.paragraphs[0][:8]) == ("By Ada Sample", "Oranburg")


def test_an_embargo_over_the_headline() -> None:
    """It does not end the head, though a blank line stands below it."""
    found = story(wire("EMBARGO until 27 March, 0600 GMT\r\n\r\nTown opens its festival", body=BODY))
    assert (found.headline, found.embargo) == ("Town opens its festival", datetime(2026, 3, 27, 6, tzinfo=UTC))


def test_the_notebook_is_for_editors() -> None:
    """It is no body; its links and its makers are kept, and the closing line stays with the story."""
    found = story(wire(body=BODY + NOTEBOOK))
    assert found.paragraphs[-1] == "epx as jm jd"
    assert len(found.paragraphs) == 3
    assert "adds quote in graf 2" in found.ed_note and "not for publication" in found.ed_note
    assert [(link.href, link.title) for link in found.links] == [("https://river.example/fest", "The festival")]
    makers = [(one.role, one.value) for one in found.credits if one.where == "contributor"]
    assert makers == [("Reporting by", "Ada Sample in Oranburg and Joe Muster"), ("Editing by", "Jo Desk")]


def test_an_embargo_in_the_notebook_counts() -> None:
    """Where it stands does not matter; a heading there may say that the story is a correction."""
    held = NOTEBOOK.replace("- adds quote in graf 2", "- EMBARGOED for publication until 1800 GMT")
    assert story(wire(body=BODY + held)).embargo == datetime(2026, 3, 26, 18, 0, tzinfo=UTC)
    unclear = NOTEBOOK.replace("- adds quote in graf 2", "- Sperrfrist: Beginn der Rede")
    assert story(wire(body=BODY + unclear)).pubstatus == "withheld"
    corrected = NOTEBOOK.replace("## Note to editors", "## Berichtigung")
    assert "sig:correction" in story(wire(body=BODY + corrected)).signals


def test_leads_kills_and_takes_are_one_story() -> None:
    """They share the keyword and the day, so they share the identifier; each comes after the one before."""
    messages = [
        wire(),
        wire("1ST LEAD\r\nTown opens festival, boat sinks =", number="070"),
        wire("Lead 2\r\nTown ends festival =", number="071"),
        wire("RECTIFICATIF\r\nTown opens festival =", number="072"),
        wire("MANDATORY KILL =", body="Editors: Kill the story.\r\n", number="073"),
    ]
    found = [story(one) for one in messages]
    assert len({one.guid for one in found}) == 1
    for before, after in pairwise(found):
        assert compare(after.version, before.version) == 1
    assert found[-1].pubstatus == "canceled" and "kill" in found[-1].signals
    assert story(wire("Town =\r\n", keyword="River/festival/ (Take 2)")).take == 2


def test_another_keyword_or_day_is_another_story() -> None:
    """The identifier holds both."""
    guids = {
        story(wire()).guid,
        story(wire(keyword="Hills/festival/")).guid,
        story(wire(time="271137 GMT Mar 26")).guid,
    }
    assert len(guids) == 3


def test_a_keyword_that_many_stories_share() -> None:
    """Then the headline tells them apart: none replaces another, and a kill hits the one that it names."""
    politics = partial(wire, keyword="Norway-politics/")
    talks = story(politics("Talks go on in Oranburg ="))
    assert talks.guid == story(politics("REFILE\r\nTalks go on in Oranburg =", number="070")).guid
    assert talks.guid != story(politics("Mayor steps down =", number="071")).guid
    kill = 'Editors: Kill the story headlined "Talks go on in Oranburg".\r\n'
    assert story(politics("MANDATORY KILL =", body=kill, number="072")).guid == talks.guid
    blind = [story(politics("MANDATORY KILL =", body="Kill it.\r\n", number=one)) for one in ("073", "074")]
    assert len({one.guid for one in (talks, *blind)}) == 3


def test_an_identifier_that_the_message_states() -> None:
    """An agency's own number with a version counts for more than the keyword."""
    found = story(wire(optional="KNA 260326-89-00065#2"))
    assert (found.guid, found.version) == ("urn:dateline:wire:kna:260326-89-00065", "2")


@pytest.mark.parametrize(
    ("time", "agency", "expected"),
    [
        ("261137 GMT Mar 26", "epx", datetime(2026, 3, 26, 11, 37, tzinfo=UTC)),
        ("261137 Mrz 26", "dpa", datetime(2026, 3, 26, 10, 37, tzinfo=UTC)),
        ("261137 Mär 26", "dpa", datetime(2026, 3, 26, 10, 37, tzinfo=UTC)),
        ("261137 CEST AOUT 2026", "epx", datetime(2026, 8, 26, 9, 37, tzinfo=UTC)),
        ("310001 JUL 97", "BELGA", datetime(1997, 7, 30, 22, 1, tzinfo=UTC)),
        ("991137 GMT Mar 26", "epx", None),
        ("no date at all", "epx", None),
    ],
)
def test_the_date_under_the_text(time: str, agency: str, expected: datetime | None) -> None:
    """Months in several languages; a time without a zone is the agency's; nonsense is no date."""
    assert story(wire(time=time, optional=f"{agency} 061")).version_created == expected


BARE = (
    "INT001 3 GEN 0070 F BELGA-0031 COR 703\n"
    "RIVIERE/FETE/\n"
    "La ville ouvre sa fête (2)\n\n"
    "   ORANBURG 26/03 (BELGA) = La ville au bord du fleuve a ouvert sa\nfête de l'eau jeudi.\n\n"
    "./.ADS\n260920 MAR 26\n"
)


def test_a_carrier_that_stripped_the_control_characters() -> None:
    """The header line, keyword line, ./. and the date are enough."""
    found = story(BARE.encode("cp1252"))
    assert (found.headline, found.slugline) == ("La ville ouvre sa fête (2)", "RIVIERE/FETE/")
    assert (found.language, found.provider, found.urgency) == ("fr", "BELGA", 3)
    assert found.dateline == "ORANBURG 26/03 (BELGA) ="
    assert found.paragraphs[-1] == "ADS"
    assert "sig:correction" in found.signals
    assert "703" in [link.title for link in found.links if link.rel == "replaces"]
    assert found.version_created == datetime(2026, 3, 26, 8, 20, tzinfo=UTC)


@pytest.mark.parametrize("gone", [b"", b"\x01"], ids=["as sent", "without SOH"])
@pytest.mark.parametrize("keyword", ["River/festival/", "RIVER/FESTIVAL", "River-festival"])
def test_a_keyword_line_behind_stx(keyword: str, gone: bytes) -> None:
    """Some open the text before the keyword line and not after it: the message says the same."""
    usual = wire(keyword=keyword)
    other = usual.replace(f"\r\n\r\n{keyword}\r\n\x02".encode(), f"\r\n\x02{keyword}\r\n".encode())
    assert other != usual
    assert parse(other.translate(None, gone)).stories == (story(usual),)


def test_a_headline_behind_stx_is_no_keyword_line() -> None:
    """A header may end without one."""
    found = story(wire(keyword="").replace(b"\r\n\r\n\r\n\x02", b"\r\n\x02"))
    assert (found.headline, found.slugline) == ("Town opens its water festival", "")


@pytest.mark.parametrize("before", ["ZCZC ", "ZCZC\r\n", "  ", "\r\n \r\nZCZC  "])
def test_what_carriers_write_before_a_bare_header(before: str) -> None:
    """Space and the ZCZC of telex lines are no part of the message, nor of the one before."""
    bare = wire().translate(None, b"\x01\x02\x03\x04\x7f")
    alone = story(before.encode() + bare)
    assert (alone.headline, alone.urgency, alone.provider) == ("Town opens its water festival", 4, "epx")
    first, second = parse(2 * (before.encode() + bare)).stories
    assert first.paragraphs == second.paragraphs == alone.paragraphs


def test_several_messages_in_one_file() -> None:
    """Each is a story."""
    other = wire("Another one =", keyword="Hills/fire/", number="063")
    assert [one.headline for one in parse(wire() + other).stories] == ["Town opens its water festival", "Another one"]


def test_a_table_that_is_drawn_with_strokes() -> None:
    """Its rows are a table."""
    found = story(wire(body="Results:\n\n| Oranburg | - | Hillton | 2:1 |\n| Valley   | - | Lakeside | 0:0 |\n"))
    assert "<table><tbody><tr><td>Oranburg</td><td>-</td><td>Hillton</td><td>2:1</td></tr>" in found.body_html
    assert found.paragraphs[-1] == "Valley - Lakeside 0:0"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1", "cp850"])
def test_the_charset_is_told_by_evidence(encoding: str) -> None:
    """Providers differ and do not say: what the letters make sense in is taken."""
    text = wire("Fête de l'eau =", body="   La ville a ouvert sa fête à côté du fleuve, où l'été est là.\r\n").decode()
    found = story(text.encode(encoding))
    assert found.headline == "Fête de l'eau"
    assert found.paragraphs[0].endswith("où l'été est là.")


def test_credits_of_a_message() -> None:
    """Nothing that it says of its origin is lost."""
    found = story(
        wire(
            "Town opens festival\r\nBy Ada Sample =", body=BODY + "   (Reporting by Ada Sample; Editing by Jo Desk)\r\n"
        )
    )
    said = [(one.where, one.value) for one in found.credits]
    assert said == [
        ("service", "xca"),
        ("provider", "epx"),
        ("byline", "By Ada Sample"),
        ("dateline", "Oranburg (epx) -"),
        ("endline", "(Reporting by Ada Sample; Editing by Jo Desk)"),
    ]
    assert CreditElement(where="byline", value="By Ada Sample") in found.credits


def test_a_header_alone_is_refused() -> None:
    """Without a header that can be read there is no story."""
    with pytest.raises(Unparseable):
        parse(b"\x01xca062 4 i\x02\x03\x04")


def test_short_lines_in_capitals_over_a_headline_are_no_headline() -> None:
    """They say what the message is, and stay as a note; a headline all in capitals is one."""
    found = story(wire("EXTRA\r\n3RD NET\r\nTown opens its water festival, mayor says ="))
    assert found.headline == "Town opens its water festival, mayor says"
    assert found.ed_note == "EXTRA\n3RD NET"
    assert story(wire("FLOOD IN ORANBURG =")).headline == "FLOOD IN ORANBURG"


def test_a_headline_goes_on_after_a_colon() -> None:
    """The keyword before it is no headline by itself."""
    assert story(wire("Water festival: \r\nThe town is torn =")).headline == "Water festival: The town is torn"


@pytest.mark.parametrize("bare", [False, True], ids=["as sent", "without its control characters"])
def test_a_source_that_does_not_name_its_agency(bare: bool) -> None:
    """The source says whose copy it is and in which language; what stands in the agency's place is a desk."""
    data = (
        "\x01bsf037 4 su 174 gef 1388\r\n\r\nFrais de fête\r\n\r\n"
        "\x02Frais de fête: \r\nLa ville s'interroge = \r\n\r\n"
        "Oranbourg (ats) La fête de l'eau a coûté cher à la ville, a admis son maire.\r\n\r\n(SDA\\/mf ba)\r\n"
        "\r\n\x03211005 jan 19"
    )
    found = story((data.translate({1: "", 2: "", 3: ""}) if bare else data).encode("latin-1"))
    assert (found.provider, found.language, found.dateline) == ("ats", "fr", "Oranbourg (ats)")
    assert (found.slugline, found.headline) == ("Frais de fête", "Frais de fête: La ville s'interroge")
    assert found.version_created == datetime(2019, 1, 21, 9, 5, tzinfo=UTC)  # Zurich's time
    assert CreditElement(where="service", value="gef") in found.credits
    assert CreditElement(where="endline", value="(SDA\\/mf ba)") in found.credits


def test_a_service_of_an_agency_has_its_times_and_its_name() -> None:
    """The sign is kept as a service; the dateline may open the second paragraph, after a summary."""
    body = "Boote fuhren wieder auf dem Fluss. Viele sahen zu.\r\n\r\nPeine (dpa/lni) - Die Boote fuhren am Abend.\r\n"
    found = story(wire("Fest eröffnet =", body=body, optional="lni 0000", time="251852 Sep 24"))
    assert (found.provider, found.dateline) == ("dpa", "Peine (dpa/lni) -")
    assert found.version_created == datetime(2024, 9, 25, 16, 52, tzinfo=UTC)
    assert CreditElement(where="service", value="lni") in found.credits
    assert ("lni", "0000") in [(one.scheme, one.code) for one in found.alt_ids]


def test_a_notice_of_the_agency_kills_no_story() -> None:
    """What its own desk heads with the sign of a withdrawal is about no story."""
    notice = wire("(Achtung)\r\nImpressum =", keyword="Impressum/", optional="dpa 0027").replace(b" i 211", b" rs 21")
    found = story(notice)
    assert (found.pubstatus, found.signals, found.headline) == ("usable", ("sig:advisory",), "Impressum")
    assert story(wire("(Achtung)\r\nTown opens =", optional="dpa 0028")).pubstatus == "canceled"


APA = (
    "APA0378 5 AI 0204{day}\n\nWahlen/Ufer/\n\nKandidat trat am Ufer auf\n\nUtl.: Rede dauerte zwei Stunden =\n\n"
    "   Ufer (APA) - Ein Kandidat trat am Mittwoch auf.\n\n   Danach fuhr er weiter.{end}\n\n"
    "APA0378    2026-03-11/07:45\n\n110745 Mär 26\n"
)


@pytest.mark.parametrize("day", ["", "                    Mi, 11.Mär 2026"])
@pytest.mark.parametrize("end", [" (Schluss) abc/def", "\n(Schluss) abc/def"])
def test_apas_ways(day: str, end: str) -> None:
    """APA labels the second line of a headline, ends with a word in brackets and repeats its number."""
    found = story(APA.format(day=day, end=end).encode())

    assert (found.headline, found.subheadline) == ("Kandidat trat am Ufer auf", "Rede dauerte zwei Stunden")
    assert (found.provider, found.language) == ("APA", "de")
    assert found.paragraphs[1:] == ("Danach fuhr er weiter.", "abc/def")
    assert found.version_created == datetime(2026, 3, 11, 6, 45, tzinfo=UTC)
    assert CreditElement(where="endline", value="abc/def") in found.credits
    assert [one.code for one in found.alt_ids] == ["APA0378"]


def test_a_keyword_in_capitals_over_a_headline_without_a_sign() -> None:
    """EFE's keyword is words in capitals, set apart from a headline that is not; initials end no paragraph."""
    head = "COSTA OBRAS\n\nEl puerto cierra en mayo\n\n"
    text = f"{head}   Costa, 11 mar (EFE).- El puerto cierra.\n   Abre en junio. EFE\nabc/de\n"
    found = story(b"\x01EFE0034 4 POL 00123\r\n\x02" + text.encode() + b"\x03")

    assert (found.slugline, found.headline, found.provider) == ("COSTA OBRAS", "El puerto cierra en mayo", "EFE")
    assert found.paragraphs == ("Costa, 11 mar (EFE).- El puerto cierra.", "Abre en junio. EFE", "abc/de")


def test_afps_identifier_and_a_keyword_with_its_kind() -> None:
    """AFP's own number begins with letters; what follows the keyword in capitals belongs to it."""
    text = "Bac-eau-port,PREV\nLe port ferme\n\nLE BAC, 10 mars 2026 (AFP) - Le port ferme mardi.\n\nabc/def\n"
    found = story(b"\x01FRS0199 3 POL 0095 /AFP-AB12\r\n\x02" + text.encode() + b"\x03AFP 101530 GMT MAR 26")

    assert (found.provider, found.headline) == ("AFP", "Le port ferme")
    assert found.slugline.startswith("Bac-eau-port") and "AB12" in {one.code for one in found.alt_ids}


def test_the_letters_of_a_short_text_in_seven_bits() -> None:
    """One everyday word tells the language of a text in which other words have letters in the places of signs, too."""
    head = "Silta-remontti/\nSilta suljetaan =\n\n"
    text = f"{head}   Turku, 12.3. (STT) -- Silta suljetaan.\n   Ty|t kest{{v{{t kaksi p{{iv{{{{.\nSTT abc\n"
    found = story(b"\x01STT0123 4 KOT 00090\r\n\x02" + text.encode() + b"\x03121030 MAR 26")

    assert found.paragraphs[1:] == ("Työt kestävät kaksi päivää.", "STT abc")
    assert (found.provider, found.version_created) == ("STT", datetime(2026, 3, 12, 8, 30, tzinfo=UTC))


def test_the_end_behind_the_last_sentence() -> None:
    """Belga's sign of the end may stand in the line; the initials in it are a line of their own."""
    text = "PONT/\n\nLe pont ferme lundi\n\nLE PONT 12/03 (BELGA) = Le pont ferme.\nIl rouvre mardi. ./.ABC/\n"
    found = story(b"\x01BEL012 3 POL 120 F BELGA-0001\r\n\x02" + text.encode() + b"\x03121530 MAR 26")
    assert found.paragraphs[-2:] == ("Il rouvre mardi.", "ABC")


def test_polish_in_its_own_charset() -> None:
    """A few everyday words are enough to tell ISO 8859-2; PAP's initials are a line of their own."""
    text = "most/\nMost w Łękach zamknięty =\n\n   Łęki, 12 marca (PAP) - Most w Łękach będzie zamknięty do piątku.\n"
    data = f"{text}   Objazd prowadzi przez wieś. (PAP)\nabc/ def/\n".encode("iso-8859-2")
    found = story(b"\x01PAP0055 4 POL 00080\r\n\x02" + data + b"\x03121100 MAR 26")

    assert (found.headline, found.provider) == ("Most w Łękach zamknięty", "PAP")
    assert found.paragraphs[1:] == ("Objazd prowadzi przez wieś. (PAP)", "abc/ def/")


def test_a_dateline_that_ends_with_a_stop() -> None:
    """epd's: ``Altenfeld (epd).``; a place, and the agency of the header in brackets."""
    text = "Kirche/Orgel\n\x02Orgel spielt =\nAltenfeld (epd). Die Orgel spielt."
    assert story(f"\x01bso044 4 ku 20 epd 0231\n{text}\n\x03\n031405 Nov 26\n".encode()).dateline == "Altenfeld (epd)."


def test_a_dateline_right_under_a_headline_ends_the_head() -> None:
    """ANSA and others set nothing between: the text is no part of the headline."""
    text = "PIENE: DUE STRADE CHIUSE A VALLESECCA\n(ANSA) - VALLESECCA, 3 NOV - Due strade sono chiuse.\n\n     ABC/DEF"
    found = story(f"\x01anb045 4 CRO 20 R ANS 0321\n\x02{text}\n\x03\n031112 NOV 10\n".encode())
    assert (found.headline, found.dateline) == ("PIENE: DUE STRADE CHIUSE A VALLESECCA", "(ANSA) - VALLESECCA, 3 NOV -")
    assert found.paragraphs == ("(ANSA) - VALLESECCA, 3 NOV - Due strade sono chiuse.", "ABC/DEF")


def test_a_time_for_readers_under_the_text() -> None:
    """Adnkronos writes it behind its serial number, without ETX: by the clock of Rome."""
    text = "Piene, 4 feb. (Adnkronos) - Un capannone e' bruciato.\n\n      (Abc/Adnkronos)"
    head = "ZCZC\nADN0412 7 CRO 0 ADN CRO NAZ\n\n      FUOCO: CAPANNONE IN CENERE =\n"
    data = f"{head}\n      {text}\n\nISSN 2465 - 1222\n04-FEB-09 08:15\n\nNNNN\n"
    found = story(data.encode())
    assert found.version_created == datetime(2009, 2, 4, 7, 15, tzinfo=UTC)
    assert (found.headline, found.dateline) == ("FUOCO: CAPANNONE IN CENERE", "Piene, 4 feb. (Adnkronos) -")
    assert found.paragraphs[-1] == "(Abc/Adnkronos)"


@pytest.mark.parametrize(
    ("keyword", "text"), [("Orrby-brand (PREV)", "ORRBY (XT)\n   En"), ("Brand-Orrby", "ORRBY (XT) - En")]
)
def test_a_keyword_over_the_headline(keyword: str, text: str) -> None:
    """It has strokes or hyphens, and what it is for in brackets; a dateline may have a line of its own."""
    data = f"\x01xtn099 4 IN 20 XT 0099\n\x02{keyword}\nBrand i Orrby\n   {text} brand bröt ut.\n\x03\n011712 FEB 04\n"
    found = story(data.encode())
    assert (found.slugline, found.headline, found.dateline[:10]) == (keyword, "Brand i Orrby", "ORRBY (XT)")
