"""What the words of usage terms allow and forbid, and where and how long they let copy be used."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import Story

A, R = "archive", "rewriting"
YES, NO = "allowed", "forbidden"


def said(text: str) -> dict[str, str]:
    """What terms say, read in March of 2026."""
    return dict(package_tables().terms.said(text, datetime(2026, 3, 3, tzinfo=UTC).date()))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Archiving permitted, no changes to the text, no rewriting", {A: YES, R: NO}),
        ("Archiving, rewriting and resale are forbidden", {A: NO, R: NO}),
        ("No resale, archiving or alteration.", {A: NO, R: NO}),
        ("Can be edited to fit, but cannot be stored", {A: NO, R: YES}),
        ("Rewriting without our written consent is prohibited", {R: NO}),
        ("May be archived without our written consent", {A: YES}),
        ("No restrictions on editing", {R: YES}),
        ("Archiving is allowed. The archive must be deleted on request, archiving by others is not allowed", {A: NO}),
        ("Archivieren gestattet, Änderungen nicht", {A: YES, R: NO}),
        ("Archivage permis, sans modification", {A: YES, R: NO}),
        ("Archivo autorizado, prohibido editar", {A: YES, R: NO}),
        ("Archivio consentito; vietato modificare", {A: YES, R: NO}),
        ("Pode ser editado; arquivo proibido", {A: NO, R: YES}),
        ("Archief toegestaan, niet bewerken", {A: YES, R: NO}),
        ("Får arkiveras men inte redigeras", {A: YES, R: NO}),
        ("Zmiany dozwolone, archiwizacja zabroniona", {A: NO, R: YES}),
        ("Редактирование разрешено, хранение в архиве запрещено", {A: NO, R: YES}),
        ("Arşivlemek yasak, düzenlenebilir", {A: NO, R: YES}),
        ("تسمح بالأرشفة ويمنع تعديل النص", {R: NO, A: NO}),
    ],
)
def test_each_clause_speaks_for_itself(text: str, says: dict[str, str]) -> None:
    """And for the things listed before it that nothing was said of; what is forbidden anywhere is forbidden."""
    assert said(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "Terms may change. Edited by our desk.",
        "Archive picture, not of the event",
        "Foto de archivo, no publicar el nombre",
        "Archiving only with our consent",
        "Embargo: not for publication until 5 March 2026",
        "NO MARKETING - DISTRIBUTED AS A SERVICE TO CLIENTS - USE IN PRINT ONLY",
        "Nutzung nur in Absprache mit uns",
    ],
)
def test_what_terms_do_not_say_is_not_made_up(text: str) -> None:
    """Neither a word of the trade beside a denial, nor an embargo, nor a medium is any of it."""
    assert said(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Not for use in Merovia and Estavia",
        "FOR USE IN MEROVIA ONLY",
        "MEROVIA OUT",
        "Nicht zur Nutzung in Merowien",
        "Utilisation interdite en Mérovie",
        "Uso prohibido en Merovia",
    ],
)
def test_a_territory_is_kept_in_the_words_of_the_terms(text: str) -> None:
    """Whether they say where copy may be used or where not."""
    assert said(f"Mandatory credit. {text}.") == {"territory": text}


@pytest.mark.parametrize(
    "text",
    [
        "Valid until 9 April 2026",
        "No use after April 9, 2026",
        "Nutzung bis 9. April 2026",
        "Utilisable jusqu'au 9 avril 2026",
        "Uso hasta el 9 de abril de 2026",
        "Использование до 9 апреля 2026",
    ],
)
def test_the_last_day_of_use_is_told_by_the_terms(text: str) -> None:
    """With its year; it ends with that day."""
    right = credit(Story(guid="x", paragraphs=("Late.",), usage_terms=text)).rights

    assert right is not None and right.expires is not None
    assert (right.expires.value, right.expires.source) == ("2026-04-09T23:59:59Z", "message")


@given(st.text(max_size=300))
def test_no_terms_are_too_odd(text: str) -> None:
    """Whatever is written, at most the four things are said."""
    assert said(text).keys() <= {A, R, "territory", "expires"}
