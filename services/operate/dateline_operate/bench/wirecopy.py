"""Stories to measure with: about 400 words of invented wire copy in NewsML-G2, no two alike."""

from __future__ import annotations

import random

_COMMON = """
    the of and to a in that for on with as by at from it was were has had will new first last day week year
    month people group number part side line hour morning evening after before between under over several many
    few large small early late again still also more most other same such than then there where while would
    could should about
"""
_WORDS = _COMMON.split()
"""Words that belong to no topic: what a story is on is what its subjects state, two topics each."""
PARAGRAPHS = 10
"""Of about 40 words each."""
_PLACES = ("Niamey", "Paris", "Nairobi", "Lagos", "Berlin", "London", "Dakar", "Geneva", "Cairo", "Brussels", "Niger")
_PEOPLE = ("Amadou Testman", "Claire Example", "Jonas Musterberg", "Fatima Sampleh", "Peter Placeholder")
_SUBJECTS = (("medtop:11000000", "politics"), ("medtop:04000000", "economy"), ("medtop:16000000", "conflict"))


def newsml(number: int, seed: int = 1) -> bytes:
    """One NewsML-G2 news item; ``number`` makes its guid and its text."""
    mix = random.Random(seed * 1_000_003 + number)
    paragraphs = "".join(f"<p>{_paragraph(mix)}</p>" for _ in range(PARAGRAPHS))
    place = mix.choice(_PLACES)
    subjects = "".join(
        f'<subject type="cpnat:abstract" qcode="{code}"><name>{name}</name></subject>'
        for code, name in mix.sample(_SUBJECTS, 2)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:bench.example:{seed}:{number}" version="1"
 standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_38.xml"/>
<rightsInfo><copyrightHolder literal="AFP"/><copyrightNotice>(c) 2026 AFP</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="AFP"/><versionCreated>2026-11-23T10:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><urgency>4</urgency><by>By {mix.choice(_PEOPLE)}</by><dateline>{place.upper()}, Nov 23 (AFP) -</dateline>
<language tag="en"/>{subjects}<slugline>bench-{number}</slugline><headline>{_sentence(mix, 8)}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
{paragraphs}<p>AFP</p></body></html></inlineXML></contentSet></newsItem>""".encode()


def _paragraph(mix: random.Random) -> str:
    named = f"{mix.choice(_PEOPLE)} said in {mix.choice(_PLACES)} that {_sentence(mix, 10).lower()}."
    return f"{_sentence(mix, 22)}. {named}"


def _sentence(mix: random.Random, words: int) -> str:
    return " ".join(mix.choices(_WORDS, k=words)).capitalize()
