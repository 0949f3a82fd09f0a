"""What a NewsML 1 item is about: DescriptiveMetadata, Properties and the Topics they point to (section 5.5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from dateline_ingest.formats.newsml_1.elements import text_of
from dateline_ingest.formats.newsml_1.table import names, plain
from dateline_ingest.formats.newsml_1.tree import Component
from dateline_ingest.formats.nitf.head import Head
from dateline_ingest.formats.once import once
from dateline_ingest.formats.remembering import remembered
from dateline_ingest.formats.values.places import country
from dateline_ingest.formats.values.words import fold, keywords_in
from dateline_ingest.formats.xml.tree import XML_LANG, Element, children, local, local_of
from dateline_schemas.story import Subject

_LISTS = ("subjects", "places", "people", "organisations", "genres")
_LEVELS = frozenset(("SubjectCode", "Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier"))
_SUBJECT_CODE = re.compile(r"\d{8}")
_CODE = re.compile(r"[A-Z]{2,3}")
_COUNTRIES = frozenset(("country", "countrycode"))
_NO_PLACES = frozenset(("latitude", "longitude", "altitude", "position"))
"""What a Location says beside the names of places."""
_NAME = "Name"
"""The Variant of a Topic's Description that is what to call it (NewsML 1.2, section 5.7); others are abbreviations."""
_ANY_LANGUAGE = ("", "x-default", "en")
_TOPICS = {"person": "people", "company": "organisations", "organisation": "organisations"}
_TOPICS |= {"organization": "organisations", "location": "places", "place": "places", "city": "places"}
_TOPICS |= {"country": "places", "geography": "places"}


class About(Struct, frozen=True):
    """What the message says the item is about."""

    subjects: tuple[Subject, ...]
    places: tuple[Subject, ...]
    people: tuple[Subject, ...]
    organisations: tuple[Subject, ...]
    genres: tuple[Subject, ...]
    keywords: tuple[str, ...]


class Topics:
    """The Topics that a message brings along, by their Duid, and by the formal name that SubjectCode gives."""

    __slots__ = ("_by_id", "_by_name", "_known")

    def __init__(self, root: Element) -> None:
        """Look for TopicSets in the whole message."""
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[str, Element] = {}
        self._known: dict[tuple[Element, str], tuple[str, tuple[str, Subject] | None]] = {}
        """What a Topic says in a language, read once: many elements may point to one that says much."""
        if next(root.iter("{*}TopicSet"), None) is None:
            return
        for topic in root.iter("{*}Topic"):
            self._by_id[topic.get("Duid", "")] = topic
            for part in children(topic):
                if local_of(part.tag) == "FormalName" and (name := text_of(part)):
                    self._by_name.setdefault(name, topic)

    def __bool__(self) -> bool:
        """Whether the message brings any."""
        return bool(self._by_id)

    def name_of(self, code: str, language: str) -> str:
        """What the Topic with this formal name is called in ``language``; empty if the message does not say."""
        topic = self._by_name.get(code)
        return "" if topic is None else self._told(topic, language)[0]

    def of(self, reference: str, language: str) -> tuple[str, Subject] | None:
        """Which list a Topic belongs to and what it is called; None if the message does not have it."""
        topic = self._by_id.get(reference.removeprefix("#"))
        return None if topic is None else self._told(topic, language)[1]

    def _told(self, topic: Element, language: str) -> tuple[str, tuple[str, Subject] | None]:
        if (topic, language) not in self._known:
            self._known[topic, language] = _told(topic, language)
        return self._known[topic, language]


def _told(topic: Element, language: str) -> tuple[str, tuple[str, Subject] | None]:
    """What a Topic is called in a language; and which list it belongs to, under that name or any that it has."""
    kind = other = ""
    found: Subject | None = None
    for part in children(topic):
        tag = local_of(part.tag)
        if tag == "TopicType":
            kind = plain(part.get("FormalName", ""))
        elif tag == "FormalName":
            found = _subject(text_of(part), part.get("Scheme"), None)
        elif tag == "Description" and not other:
            other = text_of(part)
    called = _called(topic, language)
    name = called or other
    if found is None and not name:
        return called, None
    code, scheme = (found.code, found.scheme) if found else ("", "")
    return called, (_TOPICS.get(kind, "subjects"), Subject(code=code, scheme=scheme, name=name))


def _called(topic: Element, language: str) -> str:
    """What a Topic says that it is called in ``language``, else in none, else in English; empty if it does not."""
    said = [part for part in children(topic) if local_of(part.tag) == "Description"]
    named = [part for part in said if part.get("Variant", _NAME) == _NAME] or said
    texts = {part.get(XML_LANG, "").lower().partition("-")[0]: text_of(part) for part in reversed(named)}
    wanted = (language.lower().partition("-")[0], *(tongue.partition("-")[0] for tongue in _ANY_LANGUAGE))
    return next((texts[tongue] for tongue in wanted if texts.get(tongue)), "")


def about(components: Iterable[Component], heads: Iterable[Head], topics: Topics, language: str = "") -> About:
    """Collect from all components of an item, then from the heads of NITF documents in it.

    Topics that the message brings along give subjects their names in ``language``.
    """
    lists: dict[str, dict[Subject, None]] = {name: {} for name in _LISTS}
    keywords: dict[str, None] = {}
    for component in components:
        for element in component.described:
            _described(element, lists, topics, language)
        for meaning, name, value in component.properties:
            if meaning:
                _property(meaning, name, value, lists, keywords)
        for meaning, text in component.lines:
            if meaning == "keyword":
                keywords.update(dict.fromkeys(keywords_in(text)))
            elif meaning == "genre":
                lists["genres"][Subject(code=text)] = None
    for head in heads:
        for name in _LISTS:
            lists[name].update(dict.fromkeys(getattr(head, name)))
        keywords.update(dict.fromkeys(head.keywords))
    return About(**{name: _once_named(found) for name, found in lists.items()}, keywords=tuple(keywords))


def _once_named(found: dict[Subject, None]) -> tuple[Subject, ...]:
    """Each concept once: one that is given with its name somewhere is not given without it too."""
    named = {(one.scheme, one.code): one for one in reversed(found) if one.name and one.code} if found else {}
    if not named:
        return tuple(found)
    return once(one if one.name else named.get((one.scheme, one.code), one) for one in found)


def _described(element: Element, lists: dict[str, dict[Subject, None]], topics: Topics, language: str) -> None:
    tag = local(element)
    if tag == "SubjectCode":
        for part in (element, *children(element)):
            code, level = part.get("FormalName"), local_of(part.tag)
            if code and level in _LEVELS and (found := _subject(code, part.get("Scheme"), part.get("Vocabulary"))):
                name = topics.name_of(found.code, language)
                lists["subjects"][Subject(code=found.code, scheme=found.scheme, name=name) if name else found] = None
    elif tag == "Location":
        for part in children(element):
            value = part.get("Value") or part.text
            if value and local_of(part.tag) == "Property" and (place := _place(part.get("FormalName", ""), value)):
                lists["places"][place] = None
    elif tag == "TopicOccurrence":
        if topic := topics.of(element.get("Topic", ""), language):
            lists[topic[0]][topic[1]] = None
    elif code := fold(element.get("FormalName", "")):
        if tag == "Genre":
            lists["genres"][_coded(code, fold(element.get("Scheme", "")))] = None
        else:
            lists["subjects"][_coded(code, "ofinterestto")] = None


@remembered
def _subject(code: str, scheme: str | None, vocabulary: str | None) -> Subject | None:
    code, stated = fold(code), fold(scheme or vocabulary or "")
    if not code:
        return None
    iptc = _SUBJECT_CODE.fullmatch(code) is not None and (not stated or "iptc" in stated.lower())
    return Subject(code=code, scheme="subj" if iptc else stated)


@remembered
def _coded(code: str, scheme: str) -> Subject:
    return Subject(code=code, scheme=scheme)


@remembered
def _place(kind: str, value: str) -> Subject | None:
    """A place by its name, or a country by its ISO 3166 code; the scheme says which kind of place it is."""
    scheme, value = plain(kind), fold(value)
    if not value or scheme in _NO_PLACES or names().is_nowhere(value):
        return None
    if not _CODE.fullmatch(value):
        return Subject(code="", scheme=scheme, name=value)
    return country(value) if scheme in _COUNTRIES else Subject(code=value, scheme=scheme)


def _property(
    meaning: str, name: str, value: str, lists: dict[str, dict[Subject, None]], keywords: dict[str, None]
) -> None:
    if meaning == "keyword":
        keywords.update(dict.fromkeys(keywords_in(value)))
    elif meaning == "place":
        if place := _place(name, value):
            lists["places"][place] = None
    elif meaning == "person":
        lists["people"][Subject(code="", name=value)] = None
    elif meaning == "organisation":
        lists["organisations"][Subject(code="", name=value)] = None
    elif meaning == "symbol":
        lists["organisations"][Subject(code=value, scheme=name)] = None
    elif meaning == "subject":
        codes = filter(None, map(str.strip, value.split(";")))  # EFE puts several into one value
        lists["subjects"].update(dict.fromkeys(Subject(code=code, scheme=name) for code in codes))
    elif meaning == "genre":
        lists["genres"][Subject(code=value)] = None
