"""People in copy without capitals: chooses the finder for the language."""

from __future__ import annotations

from collections.abc import Collection

from dateline_enrichment.eastern_titles import Span
from dateline_enrichment.language import spoken
from dateline_enrichment.people_arabic import arabic_people
from dateline_enrichment.people_chinese import chinese_people
from dateline_enrichment.people_japanese import japanese_people
from dateline_enrichment.people_korean import korean_people
from dateline_enrichment.people_thai import thai_people
from dateline_enrichment.people_uncased import languages, uncased_people

_FINDERS = {"ar": arabic_people, "zh": chinese_people, "ja": japanese_people, "ko": korean_people, "th": thai_people}


def eastern_people(text: str, language: str, places: Collection[str] = ()) -> list[Span]:
    """The people of a text in a language without capitals; none for other languages. ``places``: places in the text."""
    tongue = spoken(language)
    finder = _FINDERS.get(tongue)
    found = finder(text) if finder else []
    if tongue not in languages():
        return found
    held = [(start, end) for start, end, _ in found]
    more = uncased_people(text, tongue, places)
    return found + [one for one in more if not any(start < one[1] and one[0] < end for start, end in held)]
