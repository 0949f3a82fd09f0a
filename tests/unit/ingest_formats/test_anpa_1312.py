"""ANPA 1312: envelope, keyword line, head, typesetting codes, tables, trailer; several messages in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from slowness import in_time

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.ordering import compare
from dateline_schemas.story import Story

PARAGRAPHS = (
    "\t   ORANBURG, Elsewhere (XP) _ The town by the river opened its ``water festival'' on Thursday.\r\n \r\n"
    "\t   It lasts 2{ days _ a record.\r\n \r\n"
    "\t   ___\r\n \r\n"
    "\t   XP writer Joe Muster in Hillton contributed to this report.\r\n"
)


def wire(
    keyword: str = "BC-XX--River-Water Festival,340",
    *,
    head: str = "^Town opens its festival<\r\n^Eds: With XP Photos.<\r\n^By ADA SAMPLE=\r\n^Associated Press=\r\n",
    text: str = PARAGRAPHS,
    envelope: str = "W2870\x1fasian",
    description: str = "r i\x13\x11 BC-XX--River-WaterFestiv     03-26 0340",
    trailer: str = "XP-WF-03-26-26 1509GMT<",
) -> bytes:
    """A message as agencies send it."""
    start = f"\x16\x16\x01{envelope}\r\n{description}\r\n\x02^{keyword}<\r\n{head}"
    return f"{start}{text}\r\n\t   \x03{trailer}\r\n\r\n\x0c\r\n\x04".encode()


def story(data: bytes) -> Story:
    """The one story of a message that is told to be ANPA 1312."""
    found = parse(data)
    assert found.format == "anpa-1312"
    (only,) = found.stories
    return only


def test_a_head_before_stx_is_the_head_of_the_text() -> None:
    """Nothing between header and text is lost: not the headline, and least of all an embargo."""
    data = wire(head="^HOLD FOR RELEASE UNTIL 8:30 a.m. EST March 27<\r\n^Town opens its festival<\r\n")
    moved = data.replace(b"\x02^BC", b"^BC").replace(PARAGRAPHS.encode(), b"\x02" + PARAGRAPHS.encode())
    found = story(moved)
    assert found == story(data)
    assert (found.headline, found.embargo) == ("Town opens its festival", datetime(2026, 3, 27, 13, 30, tzinfo=UTC))
    assert story(wire(description="\x12r i\x13 BC-XX 03-26 0340")).urgency == 4


@pytest.mark.parametrize("keyword", ["^BC-XX--Bakers, Adv08<", "BC-XX--Bakers, Adv08", "BC-XX--Bakers, Adv08,340"])
def test_an_advance_in_the_keyword_of_the_text(keyword: str) -> None:
    """The header has no room for it; and some send the line without the sign before it."""
    data = wire(description="r i\x13\x11 BC-XX--Bakers     03-26 0340").replace(
        b"^BC-XX--River-Water Festival,340<", keyword.encode()
    )
    assert (story(data).pubstatus, story(data).slugline) == ("withheld", "BC-XX--Bakers, Adv08")


def test_the_envelope() -> None:
    """Service and number, priority, category and time are read."""
    found = story(wire())
    assert [(one.scheme, one.code) for one in found.alt_ids] == [("anpa1312", "W2870")]
    assert [(one.code, one.name) for one in found.subjects] == [("i", "International")]
    assert (found.urgency, found.provider) == (4, "XP")
    assert found.version_created == datetime(2026, 3, 26, 15, 9, tzinfo=UTC)
    assert found.guid == "urn:dateline:wire:xp:2026-03-26:xx-river-water-festival"


def test_the_head() -> None:
    """Headline, note and byline are told apart, and the agency under the byline is a credit."""
    found = story(wire())
    assert (found.headline, found.byline) == ("Town opens its festival", "By ADA SAMPLE")
    assert found.ed_note == "Eds: With XP Photos."
    assert found.slugline == "BC-XX--River-Water Festival"
    assert ("source", "Associated Press") in [(one.where, one.value) for one in found.credits]


def test_the_paper_under_the_byline() -> None:
    """What the writer's paper is called is a credit, and no headline or paragraph."""
    found = story(wire(head="^Town opens its festival<\r\n^By ADA SAMPLE=\r\n^The Post of Oranburg=\r\n"))
    assert (found.headline, found.byline) == ("Town opens its festival", "By ADA SAMPLE")
    assert "The Post of Oranburg" in [one.value for one in found.credits]
    assert found.paragraphs == story(wire()).paragraphs


def test_a_line_about_pictures_is_no_headline() -> None:
    """As AP called them, too, when they came by laser."""
    for line in ("AP Photo XB3", "Laserphoto XB3", "AP Laserphotos XB3, XB4"):
        assert story(wire(head=f"^{line}<\r\n^Town opens its festival<\r\n")).headline == "Town opens its festival"


def test_a_date_with_its_year_is_no_keyword_with_its_words() -> None:
    """An embargo at the top that ends with a year says until when, and the header says the keyword."""
    data = wire("EMBARGOED FOR RELEASE AT 6 A.M. EST FRIDAY, MARCH 27, 2026", head="^Town opens its festival<\r\n")
    found = story(data)
    assert (found.pubstatus, found.embargo) == ("usable", datetime(2026, 3, 27, 11, tzinfo=UTC))
    assert (found.slugline, found.headline) == ("BC-XX--River-WaterFestiv", "Town opens its festival")


def test_typesetting_codes_become_signs() -> None:
    """Quotation marks, dashes and fractions are as a reader knows them; the credit under the rule is one."""
    found = story(wire())
    assert found.paragraphs[0].endswith("opened its “water festival” on Thursday.")
    assert found.dateline == "ORANBURG, Elsewhere (XP) —"
    assert found.paragraphs[1] == "It lasts 2½ days — a record."
    assert found.credits[-1].where == "endline" and "Joe Muster" in found.credits[-1].value


@pytest.mark.parametrize(
    "headline",
    ["Ferry saves man and boy, 12", "Net of fishermen falls by 49,000", "Town gets $100,000", "Town owes 12,340,500"],
)
def test_a_figure_behind_a_headline_is_no_number_of_words(headline: str) -> None:
    """Where no line has the keyword in full."""
    head = "\x16\x16\x01a1234\x1fasian\r\nr i BC-River-Fest  03-26 0340\r\n\x02"
    found = story(f"{head}^{headline}<\r\n{PARAGRAPHS}\x03XP\r\n\x04".encode())
    assert found.headline == headline


def test_a_bracket_behind_a_figure_is_no_fraction() -> None:
    """Where it closes one that was opened; the same sign alone is three eighths."""
    found = story(wire(text="\t   ``It opened [in 2012] with 5] boats,'' he said.\r\n"))
    assert found.paragraphs == ("“It opened [in 2012] with 5⅜ boats,” he said.",)


@pytest.mark.parametrize("code", ["\x0e", "\x0f", "\x7f", "\x06", "\x17", "\x1a"])
def test_other_codes_go(code: str) -> None:
    """What only a typesetter needs is not in the text."""
    found = story(wire(text=f"\t   One {code}two{code} three.\r\n"))
    assert found.paragraphs == ("One two three.",)


def test_a_table() -> None:
    """Lines for tabulators are rows, parted by semicolons or fixed spaces; centred lines are headings."""
    text = "^East Division=\r\n\x08^;W;L;GB\r\n\x08Oranburg;7;3;_\x10 \r\n\x08Lake\x10 Side\x1f\x1e 6\x1e \x1e 4{\r\n"
    found = story(wire(text=text))
    assert found.body_html.startswith("<h3>East Division</h3><table><tbody><tr><td></td><td>W</td>")
    assert found.paragraphs == ("East Division", "W L GB", "Oranburg 7 3 —", "Lake Side 6 4½")


def test_rows_of_a_table_are_folded_as_any_text_is() -> None:
    """Letters that are written with an accent of their own are one letter, as in paragraphs."""
    found = story(wire(text="\t   Goals\r\n\x08Jose\u0301;2\x10\r\n"))
    assert found.paragraphs[-1] == "José 2"


def test_lines_without_indentation() -> None:
    """A blank line parts paragraphs; a line of the head that no sign ends goes on in the next one."""
    text = "The town opened\r\nits festival.\r\n\r\nBoats race.\r\n"
    found = story(wire(head="^Town opens its\r\nwater festival<\r\n^Boats race<\r\n", text=text))
    assert (found.headline, found.subheadline) == ("Town opens its water festival", "Boats race")
    assert found.paragraphs == ("The town opened its festival.", "Boats race.")


def test_a_word_that_was_taken_back() -> None:
    """It is not in the text; the sign of a head line before it stays."""
    found = story(wire(head="^Twon\x18Town opens<\r\n", text="\t   It opnd\x18 opened.\r\n"))
    assert (found.headline, found.paragraphs) == ("Town opens", ("It opened.",))


def test_a_message_of_head_lines_alone() -> None:
    """The first is the headline, the others are the body."""
    found = story(wire(head="^Top news<\r\n^Boats race on river\r\n^Bridge opens again\r\n", text=""))
    assert (found.headline, found.paragraphs) == ("Top news", ("Boats race on river", "Bridge opens again"))


def test_writethrus_corrections_and_kills_are_one_story() -> None:
    """They share the keyword, and each comes after what it replaces, in the same minute too."""
    keywords = ["BC-XX--River-Water Festival,340", "BC-XX--River-Water Festival, 1st Ld-Writethru,360"]
    keywords += [f"BC-XX--River-Water Festival, {mark}" for mark in ("2nd Ld, W2870,400", "CORRECTIVE", "KILL")]
    found = [story(wire(one)) for one in keywords]
    assert len({one.guid for one in found}) == 1
    for before, after in pairwise(found):
        assert compare(after.version, before.version) == 1
    assert found[1].signals == ("sig:update",)
    assert "W2870" in [link.title for link in found[2].links]
    assert (found[3].signals, found[4].pubstatus) == (("sig:correction",), "canceled")


@pytest.mark.parametrize(
    ("mark", "take"), [("Take 2", 2), ("take 3 of 4", 3), ("1st Add", 2), ("2nd Take", 2), ("Add 2", 3)]
)
def test_takes(mark: str, take: int) -> None:
    """A take has its number, and the story's identifier."""
    found = story(wire(f"BC-XX--River-Water Festival, {mark},200"))
    assert (found.take, found.guid) == (take, story(wire()).guid)


def test_more_to_come() -> None:
    """A first take says MORE at its end; the word is no part of the text."""
    found = story(wire(text=PARAGRAPHS + "\t   MORE\r\n"))
    assert (found.take, found.signals) == (1, ("more",))
    assert "MORE" not in found.paragraphs


def test_a_kill_that_names_another_keyword() -> None:
    """It has the identifier of the story that it names."""
    text = "\t   Editors: Kill the story slugged BC-XX--River-Water Festival. It is not true.\r\n"
    found = story(
        wire(
            "BC-Kill Notice",
            head="^MANDATORY KILL<\r\n",
            text=text,
            description="b v\x13\x11 BC-KillNotice     03-26 0030",
        )
    )
    assert (found.guid, found.pubstatus, found.urgency) == (story(wire()).guid, "canceled", 2)
    assert ("kills", "XX--River-Water Festival") in [(link.rel, link.title) for link in found.links]
    assert "It is not true." in found.ed_note


def test_an_advance_is_held() -> None:
    """``Adv28`` says that there is a day before which it must not run, not which moment: it is withheld."""
    assert story(wire("BC-XX--River-Adv28,340")).pubstatus == "withheld"
    release = "^For release Saturday, March 28, 6 a.m. EDT<\r\n^Town opens its festival<\r\n"
    found = story(wire("BC-XX--River-Adv28,340", head=release))
    assert (found.pubstatus, found.embargo) == ("usable", datetime(2026, 3, 28, 10, 0, tzinfo=UTC))
    assert found.headline == "Town opens its festival"


def test_a_sign_to_typesetters_that_copy_is_an_advance() -> None:
    """``$adv28`` on a line of its own holds it and is no headline."""
    found = story(wire(head="^$adv28<\r\n^Town opens its festival<\r\n"))
    assert (found.pubstatus, found.headline) == ("withheld", "Town opens its festival")


@pytest.mark.parametrize(
    ("trailer", "expected"),
    [
        ("AP-NR-03-01-89 0556EST", datetime(1989, 3, 1, 10, 56, tzinfo=UTC)),
        ("XP-WF-03-26-26 1509GMT<", datetime(2026, 3, 26, 15, 9, tzinfo=UTC)),
        ("Reuters 15:09 03-26-26", datetime(2026, 3, 26, 15, 9, tzinfo=UTC)),
        ("16:35ET 31-10-26<", datetime(2026, 10, 31, 20, 35, tzinfo=UTC)),
        ("XP-WF-13-45-26 9909GMT", None),
        ("", None),
    ],
)
def test_the_trailer(trailer: str, expected: datetime | None) -> None:
    """Zones of America and the variants of other agencies; nonsense is no time."""
    assert story(wire(trailer=trailer)).version_created == expected


@pytest.mark.parametrize("gone", [b"", b"\x01", b"\x03", b"\x01\x03"])
def test_several_messages_in_one_file(gone: bytes) -> None:
    """Each is a story, though a carrier took away the signs before or behind them."""
    sent = wire() + wire("BC-XX--Hills-Fire,100", head="^Hills on fire<\r\n")
    both = parse(sent.translate(None, gone)).stories
    assert [one.headline for one in both] == ["Town opens its festival", "Hills on fire"]
    assert [one.paragraphs for one in both] == 2 * [story(wire()).paragraphs]
    assert {one.version_created for one in both} == {datetime(2026, 3, 26, 15, 9, tzinfo=UTC)}


def test_a_message_that_is_cut_off() -> None:
    """Without the end of the text it is read; without its beginning it is refused."""
    assert story(wire()[:400]).headline == "Town opens its festival"
    with pytest.raises(Unparseable, match="cut off"):
        parse(wire()[:60])


def test_kyodo() -> None:
    """Letters after the number, lines without signs, a headline up to a plus sign, the day before the month."""
    data = (
        "\x01a0105KYODO\x1fkoko-\r\nu s\x13\x11 BC-Boats-Emperor's-Race   09-12 0344\r\n\x02BC-Boats-Emperor's-Race\r\n"
        "Boats: Forty crews row\r\nup the river+\r\n     ORANBURG, Japan, Dec. 9 Kyodo - Forty crews rowed on \r\n"
        "Sunday.\r\n     Nobody fell in.\r\n==Kyodo\r\n\x03KWS-21:37-09-12-18\r\n"
    )
    found = story(data.encode())
    assert (found.headline, found.provider) == ("Boats: Forty crews row up the river", "Kyodo")
    assert found.slugline == "BC-Boats-Emperor's-Race"
    assert found.version_created == datetime(2018, 12, 9, 12, 37, tzinfo=UTC)  # 21:37 in Tokyo
    assert found.guid == "urn:dateline:wire:kws:2018-12-09:boats-emperor-s-race"
    assert found.dateline == "ORANBURG, Japan, Dec. 9 Kyodo -"
    assert found.paragraphs[1:] == ("Nobody fell in.", "Kyodo")


def test_a_trailer_of_a_day_that_does_not_exist() -> None:
    """It names the sender and no time."""
    found = story(wire(trailer="KWS-21:37-31-02-26"))
    assert (found.provider, found.version_created) == ("Kyodo", None)


@pytest.mark.parametrize(("selector", "kept"), [("asian", ["W", "asian"]), ("-----", ["W"]), ("koko-", ["W", "koko"])])
def test_the_selector_names_a_service(selector: str, kept: list[str]) -> None:
    """For whom the wire is stands behind the number; hyphens only fill it up. So it is without a second line."""
    envelope = f"W2870\x1f{selector}"
    for data in (wire(envelope=envelope), wire(envelope=envelope, description="?")):
        assert [one.value for one in story(data).credits if one.where == "service"] == kept


@pytest.mark.parametrize("envelope", ["2870\x1fasian", "W2870xp-7.a\x1fasian"])
def test_a_service_without_a_letter_and_a_mark_behind_the_number(envelope: str) -> None:
    """The letter may be absent, and an agency may put a mark of its own between the number and US."""
    found = story(wire(envelope=envelope))
    assert found.alt_ids[0].code.endswith("2870")
    assert "asian" in [one.value for one in found.credits if one.where == "service"]


@pytest.mark.parametrize("sign", ["^", "\x13\x11"])
def test_upis_keyword_and_clock(sign: str) -> None:
    """UPI has no comma before the version or the number of words, and the half of the day in the zone."""
    text = (
        "\x16\x16\x01a0077\x1fxxupi\r\nr a\x13\x11 BC-bridge-1stld-writethru   03-12 0120\r\n"
        f"\x02{sign}BC-bridge 1stld-writethru 0120<\r\n^Bridge reopens<\r\n"
        "\tSKERRY (UPI) _ The bridge reopened Thursday.\r\n"
        "\x03UPI-03-12-26 0212pes<\r\n\x04"
    )
    (found,) = parse(text.encode("latin-1")).stories
    assert (found.headline, found.signals) == ("Bridge reopens", ("sig:update",))
    assert found.version_created == datetime(2026, 3, 12, 19, 12, tzinfo=UTC)


def routed(text: str, *, line: str = "r f BC-ORE-MINE-SALE   03-26 0045", services: str = "E F") -> bytes:
    """A message as Reuters sent it in the eighties: the services before SYN, no signs in the text, no trailer."""
    return f"\x05\x05\x05{services}\n\x16\x16\x01f0301\x1freute\n{line}\n\x02\n{text}\n Reuter\n\x03\n".encode()


def test_a_headline_that_no_sign_sets_apart() -> None:
    """Behind ENQ stand the services that a message is for; unindented lines over the dateline are the headline."""
    lines = "ORE MINE IN HILLTON\nCHANGES HANDS\n    ORANBURG, March 26 - The mine was sold, its\nowner said."
    found = story(routed(lines))
    assert (found.headline, found.dateline) == ("ORE MINE IN HILLTON CHANGES HANDS", "ORANBURG, March 26 -")
    assert found.paragraphs == ("ORANBURG, March 26 - The mine was sold, its owner said.", "Reuter")
    assert (found.provider, found.urgency, found.slugline) == ("Reuters", 4, "BC-ORE-MINE-SALE")
    assert ("endline", "Reuter") in [(one.where, one.value) for one in found.credits]
    several = parse(routed("ONE\n    ORANBURG, March 26 - One.") + routed("TWO\n    ORANBURG, March 26 - Two.")).stories
    assert [one.headline for one in several] == ["ONE", "TWO"]


def test_figures_under_a_dateline_of_its_own() -> None:
    """A dateline that has a line of its own opens rows of figures, and is theirs."""
    rows = "Shr 81 cts vs 66 cts\n    Net 5 mln vs 2 mln"
    found = story(routed(f"<ORE MINES INC> YEAR NET\n    ORANBURG, March 26 -\n    {rows}"))
    assert (found.headline, found.dateline) == ("<ORE MINES INC> YEAR NET", "ORANBURG, March 26 -")
    assert found.paragraphs[1:3] == ("Shr 81 cts vs 66 cts", "Net 5 mln vs 2 mln")


def test_an_alert_is_a_headline_and_nothing_else() -> None:
    """Asterisks before it say how urgent it is."""
    data = routed("******ORE MINES CUTS PRICES", line="b f BC-******ORE-MINES   03-26 0015")
    found = story(data.replace(b" Reuter\n", b""))
    assert (found.headline, found.urgency, found.paragraphs) == ("ORE MINES CUTS PRICES", 2, ())


def test_spaces_among_the_controls_of_a_header() -> None:
    """Carriers put spaces around US and the format codes; what is in brackets between headline and byline is a note."""
    data = wire(
        envelope="A7753 \x1f taf-z",
        description="u a \x13 \x11 BC-RIVER-FESTIVAL-XP \x0f     03-26 0290",
        keyword="BC-RIVER-FESTIVAL-XP",
        head="^Town opens its festival<\r\n   (sw)\r\n^By ADA SAMPLE=\r\n^c.2026 X.P. Times News Service=\r\n",
    )
    found = story(data)
    assert (found.headline, found.byline, found.ed_note) == ("Town opens its festival", "By ADA SAMPLE", "(sw)")
    assert (found.slugline, found.urgency) == ("BC-RIVER-FESTIVAL-XP", 3)
    assert ("source", "c.2026 X.P. Times News Service") in [(one.where, one.value) for one in found.credits]


def test_a_carrier_that_stripped_all_controls() -> None:
    """Header, text and trailer are told by their form; a file may hold several such messages."""
    bare = bytes(
        byte
        for byte in wire(text="\t   ORANBURG (XP) _ The town opened its festival.\r\n")
        if byte in b"\t\r\n" or byte > 31
    )
    found = story(bare)
    assert (found.headline, found.slugline) == ("Town opens its festival", "BC-XX--River-Water Festival")
    assert (found.urgency, found.version_created) == (4, datetime(2026, 3, 26, 15, 9, tzinfo=UTC))
    assert found.paragraphs == ("ORANBURG (XP) — The town opened its festival.",)
    assert ("service", "asian") in [(one.where, one.value) for one in found.credits]
    assert [one.headline for one in parse(bare + bare.replace(b"Town opens", b"Town ends")).stories] == [
        "Town opens its festival",
        "Town ends its festival",
    ]


def test_a_company_in_brackets_is_no_agency_of_the_dateline() -> None:
    """A sentence that goes on behind the bracket begins with what is in it."""
    found = story(routed("MINE SOLD\n    ORANBURG, March 26 - (Ore Mines Ltd) said it sold the mine."))
    assert found.dateline == "ORANBURG, March 26 -"


def test_a_byline_that_no_sign_sets_apart() -> None:
    """Between the headline and the dateline, indented as the text is."""
    found = story(routed("MINE SOLD\n    By Ada Sample, Xpress\n    ORANBURG, March 26 - The mine was sold."))
    assert (found.headline, found.byline, found.dateline) == (
        "MINE SOLD",
        "By Ada Sample, Xpress",
        "ORANBURG, March 26 -",
    )


def test_a_story_that_editors_are_asked_to_withhold() -> None:
    """WITHHOLD beside the keyword, or in a line for editors that says until when, in no words that a clock tells."""
    found = story(wire(keyword="BC-XX--River-Water Festival, WITHHOLD,40"))
    assert (found.pubstatus, found.embargo) == ("withheld", None)
    told = story(
        wire(head="^Editors: Please withhold this story until further notice.<\r\n^Town opens its festival<\r\n")
    )
    assert (told.pubstatus, told.headline) == ("withheld", "Town opens its festival")


def test_a_trailer_in_small_letters() -> None:
    """Some carriers have no capitals."""
    found = story(wire(trailer="ap-ny-03-26-26 1109edt<"))
    assert (found.provider, found.version_created) == ("AP", datetime(2026, 3, 26, 15, 9, tzinfo=UTC))


def test_a_header_s_line_of_blanks_takes_no_time() -> None:
    """What is looked at of it is bounded: in each of its blanks the keyword could end."""
    blanks = b"\x01a0123\x1f----\r\nr i \x13\x11" + b" " * 100_000 + b"x\r\n\x02\tThe town opened it.\r\n\x03"
    assert in_time(1, lambda: story(blanks)).paragraphs == ("The town opened it.",)
