"""What the words of usage terms allow and forbid, and where and how long they let copy be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_attribution.credits import credit
from dateline_attribution.tableset import package_tables
from dateline_schemas.story import Story

A, R = "archive", "rewriting"
YES, NO = "allowed", "forbidden"


def said(text: str) -> dict[str, str]:
    """What terms say."""
    return dict(package_tables().terms.said(text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Archiving permitted, no changes to the text, no rewriting", {A: YES, R: NO}),
        ("Archiving, rewriting and resale are forbidden", {A: NO, R: NO}),
        ("No resale, archiving or alteration.", {A: NO, R: NO}),
        ("Can be edited, but cannot be stored", {A: NO, R: YES}),
        ("Rewriting without our written consent is prohibited", {R: NO}),
        ("Archivierung gestattet, ohne Änderungen", {A: YES, R: NO}),
        ("No restrictions on editing", {R: YES}),
        ("Archiving is allowed. The archive must be deleted on request, archiving by others is not allowed", {A: NO}),
        ("You may edit for style, but you may not change the facts", {R: NO}),
        ("The text must remain unaltered", {R: NO}),
        ("Last modified on 3 March 2026, no archive", {A: NO}),
        ("Archivieren gestattet, Änderungen nicht", {A: YES, R: NO}),
        ("Aucune modification n'est autorisée", {R: NO}),
        ("Ninguna modificación está permitida", {R: NO}),
        ("Nessuna modifica è consentita", {R: NO}),
        ("Nenhuma alteração é permitida", {R: NO}),
        ("Žádné změny nejsou povoleny", {R: NO}),
        ("Archiwizacja niedozwolona", {A: NO}),
        ("Можно редактировать, но нельзя архивировать", {A: NO, R: YES}),
        ("Metin değiştirilmez, arşivlenmez", {A: NO, R: NO}),
        ("لا يسمح بالأرشفة ولا يجوز تعديل النص", {A: NO, R: NO}),
        ("改変・アーカイブは禁止", {A: NO, R: NO}),
        ("可修改，不可存档", {A: NO, R: YES}),
        ("Pas d'archives", {A: NO}),
        ("No archive after 30 days", {A: NO}),
        ("Archiving permitted. Mandatory credit.", {A: YES}),
        ("Archiving permitted. Mandatory credit and a fee.", {}),
        ("Archivierung gestattet. Quellenangabe erforderlich.", {A: YES}),
        ("Archivierung gestattet. Quellenangabe und Freigabe erforderlich.", {}),
        ("Archivage permis, sans modification", {A: YES, R: NO}),
        ("Archivo autorizado, prohibido editar", {A: YES, R: NO}),
        ("Archivio consentito; vietato modificare", {A: YES, R: NO}),
        ("Pode ser editado; arquivo proibido", {A: NO, R: YES}),
        ("Archief toegestaan, niet bewerken", {A: YES, R: NO}),
        ("Får arkiveras men inte redigeras", {A: YES, R: NO}),
        ("Zmiany dozwolone, archiwizacja zabroniona", {A: NO, R: YES}),
        ("Редактирование разрешено, хранение в архиве запрещено", {A: NO, R: YES}),
        ("Arşivlemek yasak, düzenlenebilir", {A: NO, R: YES}),
        ("تسمح بالأرشفة ويمنع تعديل النص", {A: YES, R: NO}),
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
        "Check it out. SOLD OUT CONCERT. MAGS OUT",
        "Feature on fur sales in Merovia, for editorial use only",
        "Verwendung nur in Printmedien",
        "Arkivbild, inte till salu",
        "No archive fee",
    ],
)
def test_what_terms_do_not_say_is_not_made_up(text: str) -> None:
    """Neither a word of the trade beside a denial, nor an embargo, nor a medium is any of it."""
    assert said(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Archiving is not prohibited",
        "Die Archivierung ist nicht verboten",
        "L'archivage n'est pas interdit",
        "Архивирование не запрещено",
        "Can be archived for 30 days",
        "May be archived unless a kill is issued",
        "Nur für Abonnenten: Archivierung erlaubt",
        "May be archived. Storage for clients with a licence",
        "Archiving may be permitted",
        "May be archived without our written consent",
        "Archiving permitted. The right lapses with the subscription.",
        "Archiving is allowed (in-house systems)",
        "Editing is permitted: spelling and house style",
        "Editing permitted?",
        "Archiving permitted. Not for this text.",
        "Archivierung gegen Aufpreis gestattet",
        "Subscribers to the silver plan may archive",
        "You can find our archive below",
        "Editing of headlines is allowed",
        "Kürzungen erlaubt",
        "Our terms may be modified without notice",
        "Archivage soumis à autorisation",
        "Archivace vyžaduje povolení",
        "Архивация требует разрешения",
        "È consentito modificare il testo a pagamento",
        "Peut être modifié avec l'accord de l'agence",
        "Får arkiveras efter överenskommelse",
        "Można archiwizować za zgodą agencji",
        "يسمح بالأرشفة بموافقة الوكالة",
        f"May be archived. {'Ask us. ' * 1000}",
    ],
)
def test_doubtful_permission_is_none(text: str) -> None:
    """A word beside the permission may be its condition; nor is a denial denied one, or terms too long to be read."""
    assert said(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Not for use in Merovia and Estavia",
        "Not for use outside Merovia",
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
        "License expires 9 April 2026. No resale",
        "Nutzung nach dem 9. April 2026 nicht gestattet",
        "Publication until 1 May 2026. Use until 9 April 2026",
        "Online use until 9 April 2026",
        "For editorial use in print only until 9 April 2026, mandatory credit",
        "Usage rights expire on 9 April 2026",
        "Do not use after 9 April 2026",
        "Nutzung online und im Print bis einschließlich 9. April 2026",
        "Darf nach dem 9. April 2026 nicht mehr verwendet werden",
        "Utilisation en ligne jusqu'au 9 avril 2026 inclus",
        "Uso editorial en papel hasta el 9 de abril de 2026",
        "Vietato l'uso dopo il 9 aprile 2026",
        "Onlinegebruik tot en met 9 april 2026",
        "Print rights until 9 April 2026, no web",
    ],
)
def test_the_last_day_of_use_is_told_by_the_terms(text: str) -> None:
    """With its year; it ends with that day."""
    right = credit(Story(guid="x", paragraphs=("Late.",), usage_terms=text)).rights

    assert right is not None and right.expires is not None
    assert (right.expires.value, right.expires.source) == ("2026-04-09T23:59:59Z", "message")


@pytest.mark.parametrize(
    "text",
    [
        "Do not publish until after 9 April 2026",
        "No use before 9 April 2026, free after 9 April 2026",
        "No interviews after 9 April 2026",
        "Prices valid until 9 April 2026",
        "The exhibition runs until 9 April 2026, use of the picture is free",
        "Oak Weekly, published until 9 April 2026 by Elm Media",
        "Valid until 04/09/2026",
        "Valid until 9 April 2026 or the end of the tournament",
        "The rate card is valid until 9 April 2026",
        "No print, online or web use until 9 April 2026",
        "Keine Nutzung online und im Print bis 9. April 2026",
        "No usar en línea hasta el 9 de abril de 2026",
        "Print use until 9 April 2026, online use without limit",
        "Online use free of charge until 9 April 2026",
        "Use until 9 April 2026 is forbidden",
        "Use in print until 9 April 2026 excluded",
        "Nutzung online bis 9. April 2026 nicht gestattet",
        "Sans droits en ligne jusqu'au 9 avril 2026",
        "Without rights to use online until 9 April 2026",
        "No restrictions on use after 9 April 2026",
        "Use of the logo until 9 April 2026",
        "The online service is in use until 9 April 2026",
    ],
)
def test_a_day_that_ends_no_use_is_no_last_day(text: str) -> None:
    """An embargo, an event, an offer, a publication, and one that may be two days."""
    assert "expires" not in said(text)


@given(st.text(max_size=300))
def test_no_terms_are_too_odd(text: str) -> None:
    """Whatever is written, at most the four things are said."""
    assert said(text).keys() <= {A, R, "territory", "expires"}
