"""Embargo lines: an instant where it can be told, else the story is withheld; news about embargoes is neither."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline_ingest.formats import parse
from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.said import Said

SENT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
"""A Monday."""


def said(line: str, *, after: str = "Town opens its festival", agency: str = "", sent: datetime | None = SENT) -> Said:
    """What a head of two lines says."""
    return said_in("river", (line, after), ("ORANBURG (EP) - It opened.",), sent=sent, agency=agency)


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 0001 GMT Tuesday 3 March 2026", "2026-03-03T00:01"),
        ("Embargoed until 00:01 GMT on Tuesday, March 3", "2026-03-03T00:01"),
        ("STRICTLY EMBARGOED UNTIL 2026-03-04T10:00:00Z", "2026-03-04T10:00"),
        ("EMBARGOED UNTIL 2026-03-04 10:00 UTC", "2026-03-04T10:00"),
        ("HOLD FOR RELEASE 10 a.m. ET", "2026-03-02T15:00"),
        ("HOLD FOR RELEASE UNTIL NOON EST WEDNESDAY", "2026-03-04T17:00"),
        ("NOT FOR PUBLICATION BEFORE 1800 GMT TODAY", "2026-03-02T18:00"),
        ("EMBARGOED UNTIL MIDNIGHT GMT TUESDAY", "2026-03-04T00:00"),
        ("Embargo: 0001 BST Wednesday 1 April 2026", "2026-03-31T23:01"),
        ("EMBARGOED UNTIL 0001 GMT Tuesday 3 March 2026 (7:01 p.m. EST Monday)", "2026-03-03T00:01"),
        ("SPERRFRIST 18.00 Uhr", "2026-03-02T17:00"),
        ("Sperrfrist: Dienstag, 3. März 2026, 18.00 Uhr", "2026-03-03T17:00"),
        ("(Sperrfrist 9. Juli 14.20 Uhr)", "2026-07-09T12:20"),
        ("Achtung: Sperrfrist Dienstag 18 Uhr", "2026-03-03T17:00"),
        ("SOUS EMBARGO JUSQU'A MARDI 06H00 GMT", "2026-03-03T06:00"),
        ("Sous embargo jusqu'au mardi 3 mars à 18h00 (heure de Paris)", "2026-03-03T17:00"),
        ("EMBARGADO HASTA LAS 20:00 HORA PENINSULAR DEL 4 DE MARZO", "2026-03-04T19:00"),
        ("SOTTO EMBARGO FINO ALLE ORE 18 DI OGGI", "2026-03-02T17:00"),
        ("Sob embargo até às 15h00 (hora de Lisboa) de amanhã", "2026-03-03T15:00"),
        ("ONDER EMBARGO TOT DINSDAG 06.00 UUR", "2026-03-03T05:00"),
        ("Eds: With photos. Embargoed until 6 a.m. EST Wednesday.", "2026-03-04T11:00"),
        ("NEWS RELEASE: EMBARGOED TO 0001 HOURS (GMT) ON TUESDAY 3 MARCH 2026", "2026-03-03T00:01"),
        ("This press release is embargoed until 10am GMT Tuesday 3 March", "2026-03-03T10:00"),
        ("Material in this release is embargoed until 8:30 a.m. (ET) Tuesday, March 3, 2026", "2026-03-03T13:30"),
        ("Nicht zur Veröffentlichung vor Dienstag, 3. März 2026, 17:00 Uhr MEZ", "2026-03-03T16:00"),
        ("Bitte beachten Sie die Sperrfrist: 03.03.2026, 11:00 Uhr", "2026-03-03T10:00"),
        ("Embargo: 3 March 2026, 10:00 GMT", "2026-03-03T10:00"),
        ("ЭМБАРГО ДО 12:00 МСК 3 марта 2026 года", "2026-03-03T09:00"),
        ("Embargo hingga 3 Maret pukul 10.00 WIB", "2026-03-03T03:00"),
        ("보도시점: 2026. 3. 3.(화) 12:00 이후", "2026-03-03T03:00"),
        ("보도시점 2026년 3월 3일(화) 오후 2시", "2026-03-03T05:00"),
        ("【報道解禁日時】2026年3月3日（火）午後2時 JST", "2026-03-03T05:00"),
        ("Embargoed for print and online use until 0600 GMT Tuesday", "2026-03-03T06:00"),
        ("Embargo until 0001 GMT Tuesday: Ban on timber lifted", "2026-03-03T00:01"),
        ("Sperrfrist: Dienstag, 18.00 Uhr – Sperrung der Brücke aufgehoben", "2026-03-03T17:00"),
        ("Embargo levé le 3 mars à 18h GMT", "2026-03-03T18:00"),
        ("Es gilt das gesprochene Wort. Sperrfrist: Dienstag, 18.00 Uhr", "2026-03-03T17:00"),
        ("EMBARGO ALLE ORE 18.00 DI MARTEDÌ", "2026-03-03T17:00"),
        ("EMBARGO: 3 MARCH, 0600 GMT", "2026-03-03T06:00"),
        ("ATTENTION EMBARGO MARDI 3 MARS 06H00 GMT", "2026-03-03T06:00"),
        ("Sperrefrist: tirsdag kl. 06.00", "2026-03-03T05:00"),
        ("Klausuleret til tirsdag kl. 6", "2026-03-03T05:00"),
        ("Må ikke publiseres før tirsdag kl. 06.00", "2026-03-03T05:00"),
        ("Nie publikować przed godz. 6.00 we wtorek", "2026-03-03T05:00"),
        ("禁发至3月3日6时", "2026-03-02T22:00"),
        ("解禁：3月3日6時", "2026-03-02T21:00"),
        ("[엠바고] 3월 3일(화) 낮 12시 이후 보도", "2026-03-03T03:00"),
        ("ΕΜΠΑΡΓΚΟ ΕΩΣ 3 ΜΑΡΤΙΟΥ 2026, 10:00", "2026-03-03T08:00"),
        ("AMBARGOLUDUR: 3 Mart 2026, saat 10.00", "2026-03-03T07:00"),
        ("3 Mart 2026 saat 10.00'a kadar AMBARGOLUDUR", "2026-03-03T07:00"),
        ("禁发期至2026年3月3日上午8时", "2026-03-03T00:00"),
        ("JULKAISUVAPAA 3.3.2026 KLO 6", "2026-03-03T04:00"),
        ("HFR 4 p.m. EST, 3-23", "2026-03-23T21:00"),
    ],
)
def test_an_embargo_is_an_instant(line: str, until: str) -> None:
    """In many languages, relative to the day of the message, in UTC; the line is a note, not a headline."""
    found = said(line)
    assert found.embargo == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert found.pubstatus == "usable"
    assert line in found.ed_note and line in found.marks


@pytest.mark.parametrize(
    "line",
    [
        "SOUS EMBARGO",
        "EMBARGO",
        "EMBARGOED UNTIL THE SPEECH ENDS",
        "EMBARGOED UNTIL 18:00",
        "EMBARGOED UNTIL 3 March",
        "EMBARGOED UNTIL 0001 GMT Monday 3 March 2026",
        "EMBARGOED UNTIL 10:00 GMT 3/4/2026",
        "EMBARGOED UNTIL 6:30 ET",
        "EMBARGOED UNTIL 25:99 GMT",
        "EMBARGOED UNTIL 1000 GMT 99 March",
        "SOUS EMBARGO JUSQU'A 18H00",
        "EMBARGADO HASTA LAS 20 HORAS",
        "HOLD FOR RELEASE",
        "Sperrfrist: Beginn der Rede",
        "EMBARGO TILL KL 06.00 TISDAG",
        "Får ej publiceras före kl 06.00 tisdagen den 3 mars",
        "Embargo do wtorku, godz. 6",
        "Эмбарго до вторника, 06:00 по московскому времени",
        "Не публиковать до 06:00",
        "Ембарго до вівторка",
        "EMBARGÓ: kedd 18 óra",
        "AMBARGO: salı 18.00",
        "엠바고: 화요일 18시",
        "EMBARGÓ: 2026. március 3., 10:00 óra",
        "محظور النشر حتى الساعة 12:00 يوم 3 مارس",
        "אמברגו עד יום שלישי 3 במרץ בשעה 10:00",
        "Embargo: delivery of the speech",
        "Embargo: Beginn der Rede",
        "EMBARGO: morning papers",
        "Embargo: not before the match ends",
        "Embargo: see note to editors",
        "HOLD HOLD HOLD",
        "Please hold item ep 0123, its facts are being checked.",
        "EDITORS: Please withhold AP-XX--River Ferry until further notice.",
    ],
)
def test_an_embargo_that_cannot_be_told_withholds(line: str) -> None:
    """No time, no zone, a day that contradicts itself or can be read in two ways: never ignored, never guessed."""
    found = said(line)
    assert (found.embargo, found.pubstatus) == (None, "withheld")
    assert line in found.ed_note


@pytest.mark.parametrize(
    "line",
    [
        "ADVANCE FOR RELEASE 1800 GMT Tuesday",
        "Release time: 1800 GMT",
        "Under strict embargo until 1800 GMT",
        "NOT TO BE PUBLISHED BEFORE 1800 GMT",
        "Ne pas publier avant 18h00 GMT",
        "A ne diffuser qu'à partir de 18h00 GMT",
        "Être soumis(e) à un embargo pour publication jusqu'à 18h00 GMT",
        "Gesperrt bis 18.00 Uhr",
        "Frei ab 18.00 Uhr",
        "Nicht veröffentlichen vor 18.00 Uhr",
        "Veröffentlichung erst ab 18.00 Uhr",
        "Unter Embargo bis 18.00 Uhr",
        "No publicar antes de las 18:00 GMT",
        "Bajo embargo hasta las 18:00 GMT",
        "Non pubblicare prima delle ore 18",
        "Não publicar antes das 18h00 GMT",
        "Niet publiceren voor 18.00 uur",
        "Vrijgave 18.00 uur",
        "EMBARGOED FOR MORNING PAPERS",
        "EMBARGOED TO THE END OF THE SPEECH",
        "EMBARGOED COPY",
        "*** EMBARGO ***",
        "EMBARGO – Town opens its festival",
        "EMBARGO TIME: 0600 GMT",
        "EMBARGO 0600 Town opens its festival",
        "EMBARGO until 1930",
        "Embargo bis 2030",
        "EMBARGO fino alle 2045",
        "EMBARGO UNTIL 2030 LONDON TIME",
        "Town opens its festival - EMBARGO UNTIL 2030",
        "EMBARGO until 2035: Town opens its festival",
        "EMBARGO bis 2030 - Stadt eröffnet ihr Fest",
        "Sperrfrist bis 1945",
        "Embargo until 2015",
        "EMBARGO: FOR USE ON OR AFTER TUESDAY",
        "Embargo on this story until Tuesday 0600",
        "EMBARGO FOR PRINT AND ONLINE UNTIL AFTER THE SPEECH",
        "RELEASE TIME 1800 GMT Tuesday",
        "Embargo period ends 3 March",
        "EMBARGO DINSDAG 18.00 UUR",
        "EMBARGO à mardi 18h",
        "EMBARGO ORE 18",
        "EMBARGO ti klo 18",
        "EMBARGO DO GODZ. 18.00",
        "Embargo do utorka",
        "Embargo până marți ora 18",
        "Embargo levé le 3 mars à 18h",
        "Please respect the embargo: 18.00 Tuesday",
        "STRICTLY UNDER EMBARGO UNTIL TUESDAY",
        "DO NOT PUBLISH UNTIL TUESDAY",
        "DO NOT USE BEFORE 6PM",
        "HOLD FOR TUESDAY",
        "FOR USE AFTER 6PM",
        "PRESS RELEASE UNDER EMBARGO UNTIL 9 MAY",
        "Media embargo: 9am Wednesday",
        "PLEASE HOLD UNTIL WEDNESDAY",
        "Nicht vor Mittwoch 9 Uhr verwenden",
        "Publication interdite avant mercredi 9h",
        "Advance for Sunday March 8",
        "Release: 0600 GMT Tuesday",
        "Release date: March 8, 2026, 6:00 a.m.",
        "For release March 8, 2026, 6 a.m.",
        "For release March 8 at noon",
        "For release March 8 or later",
        "RELEASE: 10.30 a.m. local time, Tuesday",
        "RELEASE: 10:30 a.m. on Tuesday",
        "Embargoed March 8, 6 a.m.",
        "Bitte Sperrfrist beachten",
        "Es gilt eine Sperrfrist bis Dienstag 18 Uhr",
        "Nicht vor Dienstag 18 Uhr veröffentlichen",
        "Zur Veröffentlichung ab Dienstag",
        "NOTIZIA SOTTO EMBARGO FINO ALLE 18",
        "NIET VOOR PUBLICATIE VOOR DINSDAG",
        "Sperrefrist tirsdag",
        "Julkaisuvapaa tiistaina klo 18",
        "Не для публикации до вторника",
        "エンバーゴ：3月3日18時",
        "ADVANCE FOR USE SUNDAY",
        "ADVANCE for use in weekend editions of March 7-8",
        "For use Sunday, March 8, and thereafter",
        "Proibida a divulgação antes de terça-feira",
        "NON DIVULGARE PRIMA DI MARTEDÌ",
        "Embargo tiistaihin klo 6 asti",
        "ممنوع النشر قبل الساعة 6",
        "Not for distribution before 7:00 a.m. EST, March 3, 2026",
        "Publication embargo: 00:01 UTC, 3 March 2026",
        "For publication on or after March 3, 2026",
        "No publication before 3 March 2026, 10:00 GMT",
        "Please do not use before 10:00 GMT on 3 March 2026",
        "Bitte nicht vor dem 3. März 2026, 10 Uhr, veröffentlichen",
        "Interdit de publication avant le 3 mars 2026 à 10h",
        "Pubblicazione vietata prima delle ore 10 del 3 marzo 2026",
        "Publicación prohibida hasta el martes",
        "Publicação proibida até terça-feira",
        "Publicatie verboden tot dinsdag",
        "Veröffentlichung untersagt bis 3. März 2026, 10 Uhr",
        "Publikacja dozwolona od 3 marca 2026, godz. 10",
        "May not be published before 18:00 GMT on 3 March 2026",
        "NdP EMBARGADA hasta el 3/3/2026 a las 7:00 h (hora de Madrid)",
        "Global embargo: Tuesday 3 March 2026, 00:01 GMT",
        "Time of embargo: 1800 GMT, 3 March 2026",
        "The embargo is 18:00 GMT on Tuesday 3 March 2026.",
        "The following is embargoed until 18:00 GMT on 3 March 2026.",
        "The attached press release is under strict embargo until 18:00 GMT on 3 March",
        "Diffusion autorisée à partir du 3 mars 2026 à 6h",
        "Publication libre à partir de mardi 3 mars, 6h00",
        "Publicable a partir de las 06:00 del 3 de marzo de 2026",
        "Må først offentliggøres tirsdag den 3. marts 2026 kl. 06.00",
        "Ikke til offentliggørelse før tirsdag kl. 6",
        "Får publiceras tidigast den 3 mars kl 06.00",
        "Kan tidligst publiseres tirsdag 3. mars kl. 06.00",
        "EMBARGO ORE 12 DEL 3 MARZO - Il traghetto riparte",
        "TIDAK UNTUK DISIARKAN SEBELUM SELASA",
        "JANGAN DISIARKAN SEBELUM SELASA",
        "EMBARGO HADI JUMANNE SAA 12",
        "ISITANGAZWE KABLA YA JUMANNE",
        "3 मार्च सुबह 6 बजे तक प्रकाशित न करें",
        "एम्बार्गो: 3 मार्च, सुबह 6 बजे",
    ],
)
def test_every_way_of_saying_it_holds_the_story(line: str) -> None:
    """However it is worded, the story is not free before its time."""
    found = said(line)
    assert found.embargo is not None or found.pubstatus == "withheld"


@pytest.mark.parametrize(
    ("headline", "until"),
    [
        ("Town opens its festival (embargo until 0600 GMT Tuesday)", "2026-03-03T06:00"),
        ("Town opens its festival [embargoed to 0600 GMT]", "2026-03-03T06:00"),
        ("Stadt eröffnet ihr Fest - SPERRFRIST: Dienstag, 7.00 Uhr", "2026-03-03T06:00"),
        ("Town opens its festival EMBARGOED UNTIL 0600 GMT 3 MARCH", "2026-03-03T06:00"),
        ("Town opens its festival -- EMBARGOED UNTIL 0600 GMT 3 MARCH", "2026-03-03T06:00"),
        ("Presseinfo: Stadt eröffnet ihr Fest – Sperrfrist Di, 3.3., 07:00 Uhr", "2026-03-03T06:00"),
        ("Town opens its festival [Embargo: 06:00 GMT, 3 March]", "2026-03-03T06:00"),
        ("Fest in der Stadt (Embargo bis Dienstag, 07:00 Uhr)", "2026-03-03T06:00"),
        ("Town opens its festival - EMBARGO for print 0600 GMT Tuesday", "2026-03-03T06:00"),
        ("Press release: town opens its festival. EMBARGO till 0600 GMT Tuesday", "2026-03-03T06:00"),
        ("Town opens its festival - under embargo till Tuesday 6 a.m. GMT", "2026-03-03T06:00"),
        ("Nota de prensa // EMBARGADA hasta el 3/3/2026 a las 7:00 h (hora de Madrid)", "2026-03-03T06:00"),
    ],
)
def test_an_embargo_beside_a_headline(headline: str, until: str) -> None:
    """In a bracket, or behind a dash with a time of day; the headline stays one."""
    found = said_in("", (headline,), ("ORANBURG (EP) - It opened.",), sent=SENT)
    assert found.embargo == datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert headline not in found.marks


def test_an_embargo_beside_a_headline_that_is_no_subject() -> None:
    """A first paragraph that is no sentence is one."""
    text = ("Town opens its festival (embargoed until 0600 GMT Tuesday)", "ORANBURG (EP) - It opened.")
    assert said_in("", ("EP wire",), text, sent=SENT).embargo == datetime(2026, 3, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["HFR Tuesday: Town opens its festival", "HFR: Wed March 4, noon - Town opens its festival"]
)
def test_what_is_held_for_release(line: str) -> None:
    """``HFR`` with a day; a reactor of that name is none."""
    assert said(line).pubstatus == "withheld"


def test_an_embargo_behind_a_dateline() -> None:
    """Agencies write it there in capitals; a sentence is news."""
    text = ("(ANSA) - QUERCETO, 2 MAR - +++ EMBARGO FINO ALLE 18 +++", "It opened.")
    held = said_in("", (), text, sent=SENT, agency="ansa")
    assert held.embargo == datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    free = said_in("", (), ("(ANSA) - QUERCETO, 2 MAR - Sotto embargo fino a martedì, l'isola coltiva.",), sent=SENT)
    assert (free.embargo, free.pubstatus) == (None, "usable")
    free = said_in("", (), ("QUERCETO, March 2 (EP) - EMBARGO ends, boats leave: it was lifted.",), sent=SENT)
    assert (free.embargo, free.pubstatus) == (None, "usable")


def test_an_event_beside_a_headline_holds_the_story() -> None:
    """Nobody knows from the line when that is."""
    held = said_in("", ("Town opens its festival (embargo until further notice)",), ("It opened.",), sent=SENT)
    assert held.pubstatus == "withheld"


def test_a_month_and_its_year_are_no_time_of_day() -> None:
    """``2030`` is no half past eight."""
    held = said_in("", ("Mieter dürfen bleiben (Sperrfrist bis März 2030)",), ("Sie bleiben.",), sent=SENT)
    assert (held.embargo, held.pubstatus) == (None, "withheld")


def test_a_time_on_the_next_line() -> None:
    """The line under the word may have the time."""
    found = said("SPERRFRIST", after="Dienstag 18.00 Uhr")
    assert found.embargo == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    assert "Dienstag 18.00 Uhr" in found.marks
    assert "Town opens its festival" not in said("SPERRFRIST").marks


def test_the_zone_of_the_agency() -> None:
    """A time without a zone is that of the agency's own country, where it is known."""
    assert said("SOUS EMBARGO JUSQU'A 18H00", agency="AFP").embargo == datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("agency", ["PA", "The Press Association", "PA Media", "press association"])
def test_an_agency_has_its_zone_by_any_of_its_names(agency: str) -> None:
    """As it signs, or as its own metadata call it in full."""
    found = said("Embargoed to 0001 Wednesday April 1", agency=agency)
    assert (found.pubstatus, found.embargo) == ("usable", datetime(2026, 3, 31, 23, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("5:00 PM (PACIFIC TIME) March 30, 2026", "2026-03-31T00:00"),
        ("5 p.m. Pacific Standard Time on 30 March 2026", "2026-03-31T01:00"),
        ("5 p.m. Pacific, 30 March 2026", "2026-03-31T00:00"),
        ("5 p.m. Lagos time, 30 March 2026", "2026-03-30T16:00"),
        ("17:00 Brussels, 30 March 2026", "2026-03-30T15:00"),
        ("5 p.m. in Los Angeles on 30 March 2026", "2026-03-31T00:00"),
        ("17:00 Central European Summer Time, 30 March 2026", "2026-03-30T15:00"),
        ("17:00 British Summer Time, 30 March 2026", "2026-03-30T16:00"),
        ("17:00 HST, 30 March 2026", "2026-03-31T03:00"),
        ("30 mars 2026 17:00 PKT", "2026-03-30T12:00"),
        ("until 30 March 2026, 17:00, heure de New York", "2026-03-30T21:00"),
        ("17:00 Uhr (Ortszeit New York), 30. März 2026", "2026-03-30T21:00"),
        ("17:00 Uhr New Yorker Zeit, 30. März 2026", "2026-03-30T21:00"),
        ("17:00 Uhr deutscher Zeit, 30. März 2026", "2026-03-30T15:00"),
        ("17:00 hora de Buenos Aires, 30 de marzo de 2026", "2026-03-30T20:00"),
        ("17:00 British time, 30 March 2026", "2026-03-30T16:00"),
        ("17.00 Uhr (mitteleuropäische Sommerzeit), 30. März 2026", "2026-03-30T15:00"),
        ("30 mars 2026 kl 17.00 svensk tid", "2026-03-30T15:00"),
        ("30. marts 2026 kl. 17.00 dansk tid", "2026-03-30T15:00"),
        ("30.03.2026, godz. 17.00 czasu polskiego", "2026-03-30T15:00"),
        ("until the launch time of 5 p.m., 30 March 2026", "2026-03-30T21:00"),
        ("17:00 in London, Friday, 30 March 2026", ""),
        ("17:00 (local time Geneva), 30 March 2026", "2026-03-30T15:00"),
        ("17:00 local time (Geneva), 30 March 2026", "2026-03-30T15:00"),
        ("5 p.m. local time, 30 March 2026", ""),
        ("17:00 Azores time, 30 March 2026", ""),
        ("17:00 Uhr Ortszeit, 30. März 2026", ""),
        ("30 mars 2026 17:00, heure locale", ""),
        ("17:00 h (hora central de México), 30 de marzo de 2026", "2026-03-30T23:00"),
        ("17:00 h (hora de Tijuana), 30 de marzo de 2026", ""),
        ("5 p.m. (local time), 30 March 2026", ""),
        ("5 p.m. local time / 3 p.m. in the islands, 30 March 2026", ""),
        ("17:00 ora locale, 30 marzo 2026", ""),
        ("17.00 uur plaatselijke tijd, 30 maart 2026", ""),
        ("17:00 IST, 30 March 2026", ""),
        ("until 5 p.m. on 30 March 2026, time to prepare", "2026-03-30T21:00"),
        ("Release time: 17:00, 30 March 2026", "2026-03-30T21:00"),
    ],
)
def test_a_zone_that_is_named_is_never_the_agency_s_own(moment: str, until: str) -> None:
    """It is read, by the town that it is named by, too; else nobody knows when the embargo ends."""
    found = said(f"EMBARGO: {moment}", agency="AP")
    told = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None
    assert (found.embargo, found.pubstatus) == (told, "usable" if told else "withheld")
    india = said("Embargoed until 6 p.m. IST, 30 March 2026", agency="PTI").embargo
    assert india == datetime(2026, 3, 30, 12, 30, tzinfo=UTC)


def test_the_latest_of_several() -> None:
    """One embargo for print and one for broadcast: nothing before the later one."""
    found = said("EMBARGOED UNTIL 1800 GMT Tuesday; BROADCAST UNTIL 2000 GMT Tuesday")
    assert found.embargo is None or found.embargo == datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
    assert found.embargo is not None or found.pubstatus == "withheld"


def test_the_day_of_several_times_is_said_once() -> None:
    """It is that of the other times, too; the later one counts."""
    found = said("EMBARGOED UNTIL 1700 London time / 1100 Eastern time on Wednesday 4 March")
    assert found.embargo == datetime(2026, 3, 4, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "EU agrees oil embargo on Somewhere",
        "NOT FOR DISTRIBUTION TO U.S. NEWS WIRE SERVICES OR FOR DISSEMINATION IN THE UNITED STATES",
        "Not for distribution: the maps of the valley",
        "No publication before Easter, poet says",
        "Interdit de stationner avant le marché",
        "Pubblicazione vietata: il caso del romanzo",
        "Publikacja od 3 autorów: nowy almanach",
        "May not be published: the memoirs of a spy",
        "May not be used before exams, school says of new phones",
        "For use after rain: a boot for the valley",
        "Global embargo: what it means for the valley",
        "Publication embargo: courts at odds over 3 papers",
        "The following countries are embargoed until 1 May, it says",
        "Diffusion autorisée à partir de 16 ans pour le film",
        "Diffusion autorisée à partir du printemps",
        "Publicable a partir de ahora: el archivo del río",
        "Må først betale, siger byen",
        "Kan tidligst åpne 3. mars, sier byen",
        "Embargo: For immediate release",
        "EMBARGO: None",
        "Embargo: NONE (for immediate use)",
        "Sperrfrist: keine",
        "Sperrfrist: sofort frei",
        "Embargo : aucun",
        "Embargo: ninguno",
        "Embargo: geen",
        "Release time: 5,000 balloons rise over the square",
        "For release: 20 turtles return to the sea",
        "For release March 8 was too soon, says panel",
        "RELEASE: 10.30 a.m. start for boat race",
        "Release: 9 am whistle opens trout season",
        "Timber trade (the embargo began in 1990)",
        "Talks on timber fail (embargo on oak from Monday)",
        "Band EMBARGO plays at 8 pm in the town hall",
        "New EMBARGO ON OAK from Monday",
        "Timber trade explained (embargo: what it means)",
        "Council meets on timber - Embargo vote at 18.00 GMT",
        "Rat tagt zu Holz - Embargo ab 18 Uhr denkbar",
        "El juez cierra el aserradero - Embargo a las 18:00 horas",
        "TV tonight: Embargo (RTV, 8 pm)",
        "HFR to restart Monday, operator says",
        "Festival (frei ab 18 Jahren) beginnt",
        "Эмбарго на поставки нефти вступит в силу",
        "Embargoet mot Noe ble opphevet tirsdag",
        "解禁后渔民出海捕鱼",
        "Публикация до 3 марта отложена",
        "Embargo on arms hits the valley",
        "Embargo against Elsewhere widened",
        "Embargoed cargo found in harbour",
        "EMBARGO LIFTED",
        "Sperrfrist aufgehoben",
        "Embargo levé",
        "FOR IMMEDIATE RELEASE",
        "Hold the harvest, farmers say",
        "Embargo until 2027: council extends ban on oil",
        "Embargo until 2030: council extends ban on oil",
        "EMBARGO UNTIL 2030: COUNCIL EXTENDS BAN ON OIL",
        "Embargo bis 2030 beschlossen",
        "Embargo until 2030 costs towns 40 million a year",
        "Embargo 2027 bis 2030: Bauern klagen",
        "Öl-Embargo bis 2030",
        "Oil is short (Embargo until 2030)",
        "Oil is short - Embargo until 2030",
        "Prohibida su publicación hasta 1975, la novela gana un premio",
        "Jangan siarkan azan sebelum jadwal, kata wali kota",
        "ممنوع النشر: كتاب جديد",
        "For use Thursday: new ferry",
        "Proibida a divulgação de pesquisas até domingo",
        "Embargo bis 2027: Rat verlängert Ölsperre",
        "EMBARGO TO STAY ON ELSEWHERE, COUNCIL SAYS",
        "Embargo for diamonds takes effect",
        "Embargo on Monday's timber holds up ships",
        "Talks: embargo to run until 31 May",
        "Release Date 2014-06-26",
        "Release date Friday for a film about the river",
        "Release date: October 12 for a film about the river",
        "Embargo 1962: what the islands recall",
        "Embargo on use of the valley's timber until May",
        "Sperrfrist-Vermerk deutlich hervorheben",
        "보도시점 배포 즉시",
        "Embargo lifted Tuesday: cattle leave the valley again",
        "Media embargo",
        "Folge 12: Sperrfrist.",
        "Embargo levé à la frontière",
        "Die Information ist gesperrt: Ministerium schweigt",
        "Under embargo for decades, the island turns to farming",
        "Embargoed goods found in the harbour",
        "Do not use the bridge, town says",
        "No release before 2030 for the ferry thief, judge says",
        "No broadcast of the regatta before 9 pm, league rules",
        "The harbour report may not be released before June 2026",
        "Must not be released until he has served 20 years, judge says of thief",
        "Please do not publish names before 6 pm, police ask",
        "This film may not be broadcast before 10 pm",
        "L'embargo est levé depuis lundi à minuit",
        "The embargo is 60 years old on Friday",
        "The following is embargoed: oak, oil and grain",
        "Web embargo: how a report leaked at 10:30 on 3 March 2026",
        "Lifting of embargo: ministers meet at 10:00",
        "For use on or after 3 March, tickets go on sale",
        "Bridge plan EMBARGOED until 6 pm, lawyers complain",
        "Interdit à la publication avant 1989, le roman paraît à 18h",
        "Diffusion possible à partir de 18h de la finale sur la rivière",
        "Publicación autorizada a partir del 3 de marzo a las 18:00 del libro prohibido",
        "Divulgazione vietata fino al processo del 3 marzo, decide il giudice",
        "Ikke til offentliggørelse før 2030: arkivet lukkes",
        "Bitte nicht vor 18 Uhr veröffentlichen, bat die Polizei",
        "Publicación de la lista prohibida hasta el martes, dice la jueza",
        "Publicatie verboden tot na proces van 3 maart, zegt rechter",
        "Hold it until 18:00, bank tells savers",
        "The hall may be used from 18:00 GMT on Tuesday.",
        "The report may be published on Tuesday.",
    ],
)
def test_news_about_embargoes_is_free(line: str) -> None:
    """Only a line that holds the story back holds it back."""
    found = said(line)
    assert (found.embargo, found.pubstatus) == (None, "usable")


def test_what_somebody_said_of_an_embargo_is_free() -> None:
    """A paragraph that begins with a quotation states nothing of its message."""
    body = ("ORANBURG (EP) - A paper came early.", '"Embargoed until 1800 GMT" stood on every page, it said.')
    assert said_in("river", ("Paper comes early",), body, sent=SENT).pubstatus == "usable"


@pytest.mark.parametrize(
    "keyword",
    [
        "Town/poll/ (Sperrfrist 18.00)",
        "Town/poll/Sperrfrist 18.00 Uhr",
        "town-poll (embargo 1800 GMT)",
        "*** EMBARGOED *** Town-Poll",
        "EMBARGO: Town-Poll",
    ],
)
def test_an_embargo_beside_a_keyword_holds_the_story(keyword: str) -> None:
    """In brackets, between signs, behind the last stroke with its time, or before a colon."""
    found = said_in(keyword, ("Town votes",), ("It votes.",), sent=SENT)
    assert (found.embargo is not None) or found.pubstatus == "withheld"
    assert said_in("Town-Poll (embargo on fish)", ("Town votes",), ("It votes.",), sent=SENT).pubstatus == "usable"


def test_an_embargo_that_is_said_more_than_once() -> None:
    """As notices shout it."""
    assert said_in("", ("EMBARGO EMBARGO EMBARGO",), ("It votes.",), sent=SENT).pubstatus == "withheld"
    found = said_in("", ("***SPERRFRIST***SPERRFRIST*** 18.00 Uhr",), ("Die Stadt wählt.",), sent=SENT, agency="dpa")
    assert found.embargo is not None


def test_an_embargo_in_a_keyword_is_a_mark_only_apart() -> None:
    """``Oil Embargo`` is a subject; behind a comma or stroke of its own the word is about the story."""
    assert said_in("BC-XX--Oil Embargo", (), (), sent=SENT).pubstatus == "usable"
    assert said_in("BC-XX--Oil Price, Embargo", (), (), sent=SENT).pubstatus == "withheld"


def test_a_day_without_a_message_time() -> None:
    """A full date needs no time of the message; a weekday does."""
    assert said("EMBARGOED UNTIL 0001 GMT 3 March 2026", sent=None).embargo == datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
    assert said("EMBARGOED UNTIL 0001 GMT Tuesday", sent=None).pubstatus == "withheld"


@pytest.mark.parametrize("line", ["Embargo: not for immediate release", "Embargo: none before Tuesday 1800 GMT"])
def test_what_only_begins_or_ends_as_no_embargo_holds(line: str) -> None:
    """There is none where the whole of the line says so: then it is no headline either."""
    assert said(line).pubstatus == "withheld" or said(line).embargo
    assert "Embargo: none" in said("Embargo: none").marks


@pytest.mark.parametrize("label", ["EMBARGOED: Town opens its festival", "UNDER EMBARGO - Town opens", "EMBARGO"])
def test_a_label_without_a_time_is_of_the_embargo_that_another_line_states(label: str) -> None:
    """Alone it withholds the story, and so does one that names an event or a time which cannot be told."""
    assert said(label).pubstatus == "withheld"
    for line in ("Not for publication before 18:00 GMT, 3 March 2026", "Embargo until 18:00 GMT on 3 March 2026"):
        held = said_in("river", (label, "Town opens", line), ("ORANBURG (EP) - It opened.",), sent=SENT)
        assert (held.embargo, held.pubstatus) == (datetime(2026, 3, 3, 18, tzinfo=UTC), "usable")
        spoken = ("EMBARGO: until the minister speaks", "Town opens", line)
        assert said_in("river", spoken, ("ORANBURG (EP) - It opened.",), sent=SENT).pubstatus == "withheld"


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGO: This release must not be published before 18:00 GMT, 3 March 2026.",
        "EMBARGOED until 18:00 GMT on 3 March 2026",
        "This release is embargoed until 18:00 GMT, 3 March 2026.",
        "1. This release is under embargo until 18:00 GMT on 3 March 2026.",
        "Note: embargoed until 18:00 GMT on Tuesday, 3 March 2026. Contact: Jo Sample, 555 0100",
        "Embargo until 18:00 London time, 3 March 2026",
    ],
)
def test_an_embargo_under_a_story(line: str) -> None:
    """As notes to editors have it; news that speaks of one there is free."""
    body = ("ORANBURG (EP) - It opened.", "It rained.", "It rained again.", "It is dry.", line, "Contact: Jo Sample")
    assert said_in("river", ("Town opens",), body, sent=SENT).embargo == datetime(2026, 3, 3, 18, tzinfo=UTC)
    news = (*body[:4], "EMBARGO ON OAK", "Embargo until 2030 costs towns 40 million a year, it says.", "It ends.")
    quiet = ("Embargo on oak ends at 6 pm.", "L'embargo sera levé mardi à 18h, selon la ville.", "EMBARGO: How it is")
    for text in (news, *((*body[:4], one) for one in (*quiet, "UN: embargo until Monday"))):
        assert said_in("river", ("Town opens",), text, sent=SENT).pubstatus == "usable"


def test_the_line_under_the_word_is_no_date_of_a_page() -> None:
    """Although a date alone above a text says when that came out."""
    text = "EMBARGO\n\n3 March 2026, 18:00 GMT\n\nTown opens its festival\n\nORANBURG (EP) - It opened on a rainy day."
    assert parse(text.encode()).stories[0].embargo == datetime(2026, 3, 3, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("label", "embargo", "status"),
    [
        ("2026-03-03T00:01:00Z", datetime(2026, 3, 3, 0, 1, tzinfo=UTC), "usable"),
        ("0001 GMT 3 March 2026", datetime(2026, 3, 3, 0, 1, tzinfo=UTC), "usable"),
        ("when the minister speaks", None, "withheld"),
        ("none", None, "usable"),
        ("for immediate release", None, "usable"),
        ("entfällt", None, "usable"),
    ],
)
def test_a_labelled_embargo_of_a_plain_text(label: str, embargo: datetime | None, status: str) -> None:
    """``Embargo: ...`` at the top counts the same way; one that cannot be read withholds."""
    (story,) = parse(f"Slug: river\nEmbargo: {label}\nHeadline: Rain\n\nIt rained.".encode()).stories
    assert (story.embargo, story.pubstatus) == (embargo, status)


@pytest.mark.parametrize(
    "line",
    [
        "Please withhold judgment until the report is out, mayor says",
        "Withhold no aid before winter, bishops say",
        "Withhold your payments until the ferry line answers, passengers are told",
    ],
)
def test_what_others_are_asked_to_withhold_is_no_embargo(line: str) -> None:
    """Only a story, or what is not said to be anything else, is withheld from use until then."""
    assert said(line).pubstatus == "usable"


@pytest.mark.parametrize(
    "line",
    [
        "Withhold until further notice",
        "PLEASE WITHHOLD FROM PUBLICATION UNTIL TUESDAY",
        "Withhold these photos until Tuesday",
    ],
)
def test_a_story_to_be_withheld_until_a_time_that_cannot_be_told(line: str) -> None:
    """Asked in so many words."""
    assert said(line).pubstatus == "withheld"


@pytest.mark.parametrize(
    "line",
    [
        "Embargóval kezelendő 2026. március 12-én 10 óráig",
        "A sajtóanyag 2026. március 12-én 10:00-ig embargós",
        "Az anyag embargó alá esik március 12-én 10 óráig",
        "Embargossa 12.3.2026 klo 10 asti",
        "Tiedote on embargon alainen torstaihin 12.3. klo 10 saakka",
        "Informace podléhá embargu do čtvrtka 12. března 2026, 10 hodin",
        "Pod embargom do 12. ožujka 2026. u 10 sati",
        "Materiał objęty embargiem do 12 marca 2026 r., godz. 10:00",
        "Материал находится под эмбарго до 10:00 12 марта",
        "Находится под эмбарго до 10:00 12 марта",
        "Je pod embargem do 12. března 2026, 10:00",
        "Comunicatul este sub embargo până joi, 12 martie 2026, ora 10:00",
        "EMBARGAS iki 2026 m. kovo 12 d. 10 val.",
        "EMBARGO līdz 2026. gada 12. martam plkst. 10.00",
        "EMBARGO kuni 12. märts 2026 kell 10.00",
        "CẤM PHÁT HÀNH TRƯỚC 10h00 ngày 12/3/2026",
        "Υπό εμπάργκο έως τις 12 Μαρτίου 2026 στις 10:00",
        "(ATTENTION - PAPIER D'ANGLE, SOUS EMBARGO jusqu'au 12 mars 2026 à 06h00 GMT) =",
    ],
)
def test_the_word_is_one_in_every_case_that_it_has(line: str) -> None:
    """In languages that decline it; and anywhere in a line or a first paragraph that is one bracket."""
    for found in (said(line), said_in("river", ("Town opens",), (line, "ORANBURG (EP) - It opened."), sent=SENT)):
        assert found.embargo or found.pubstatus == "withheld"


@pytest.mark.parametrize(
    "line",
    [
        "Az EU olajembargót vezetne be 2026. március 12-től",
        "Embargon vaikutukset näkyvät satamassa 12.3.",
        "Kraj przetrwał embargo od 12 marca",
        "Pod embargem 12 let: jak ostrov přežívá",
        "Pod embargom 40 godina: život na otoku",
        "Sub embargo 12 ani: viața pe insulă",
        "Ropa objęta embargiem do 2027 roku",
        "Под эмбарго до 2027 года останется рыба",
        "Embargó alá eső 12 termék drágul",
        "Embargossa 12 vuotta: elämä saarella",
        "Υπό εμπάργκο έως το 2027 το πετρέλαιο",
        "Không công bố đề thi trước ngày 12/3",
    ],
)
def test_news_about_embargoes_is_free_in_these_languages_too(line: str) -> None:
    """Other cases of the word are of trade."""
    found = said(line)
    assert (found.embargo, found.pubstatus) == (None, "usable")


@pytest.mark.parametrize(
    "line",
    [
        "(Die Straße ist gesperrt bis 12. März, teilte die Stadt mit.)",
        "(The union will hold until Friday.)",
        "(Pays sous embargo jusqu'au 12 mars 2026.)",
    ],
)
@pytest.mark.parametrize("above", ["ORANBURG (EP) - It opened.", "It opened on Tuesday, the mayor told the press."])
def test_a_bracket_behind_copy_is_copy(line: str, above: str) -> None:
    """Notes for editors stand over it."""
    found = said_in("river", ("Town opens",), (above, line, "More."), sent=SENT)
    assert (found.embargo, found.pubstatus) == (None, "usable")
