"""What text wires say in words: kill, correction, advisory, urgency, lead, take; and what only looks like it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from dateline_ingest.formats.textwire.conventions import said_in
from dateline_ingest.formats.textwire.ids import names_one_story, story_name, wire_guid, wire_version
from dateline_ingest.formats.textwire.said import Said
from dateline_ingest.formats.textwire.slugs import slug_of
from dateline_ingest.ordering import compare

SENT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


def said(*lines: str, body: tuple[str, ...] = (), keyword: str = "river") -> Said:
    """What a message says."""
    return said_in(keyword, lines, body, sent=SENT)


@pytest.mark.parametrize(
    "line",
    [
        "KILL",
        "MANDATORY KILL",
        "BULLETIN KILL",
        "URGENT MANDATORY KILL",
        "KILL KILL KILL",
        "***KILL***KILL***KILL***",
        ">>> KILL <<<",
        "MANDATORY STORY KILL",
        "STORY KILL: River runs dry",
        "MANDATORY KILL ADVISORY",
        "DO NOT USE - KILL",
        "KILL THIS STORY - River story",
        "KILL ALL VERSIONS",
        "STORY CANCELLED",
        "ATTENTION EDITORS: KILL",
        "ATTENTION EDITORS - MANDATORY KILL",
        "EDITORS: KILL",
        "EDITORS: please kill River-Ferry",
        "Editors: Please kill River-Ferry, sent at 0930",
        "Editor's note: this story has been withdrawn.",
        "ELIMINATION",
        "WITHDRAWAL",
        "WITHDRAWAL - River story",
        "KILL: river story",
        "PLEASE KILL - Ferry runs again",
        "Pls kill the 0930 item on the ferry",
        "KILL river-ferry",
        "Editors: Please kill BC-XX--River Ferry",
        "Bitte Meldung «Fähre fährt wieder» nicht verwenden",
        "Pedimos que retirem a notícia da balsa enviada às 10h12",
        "Artiklen er annulleret: Færge",
        "Artiklen trækkes tilbage: Bro",
        "BERITA DIBATALKAN: feri",
        "Mohon tidak menggunakan berita feri yang dikirim pukul 10.12",
        "HABARI IMEFUTWA: kivuko",
        "Bu haber iptal edilmiştir, kullanmayın",
        "समाचार रद्द: नाव",
        "कृपया नाव का समाचार प्रयोग न करें",
        "خبر منسوخ: کشتی",
        "This story has been withdrawn.",
        "Reuters withdraws story on the ferry",
        "Die dpa zieht ihre Meldung «Fähre fährt wieder» von 10.30 Uhr zurück.",
        "L'AFP retire l'alerte sur le bac",
        "EFE anula la noticia titulada «Vuelve el transbordador»",
        "L'ANSA annulla la notizia sul traghetto",
        "A Lusa anula a notícia com o título «Balsa volta»",
        "Het ANP trekt het bericht over de veerpont in",
        "TT drar tillbaka texten om färjan",
        "NTB trekker meldingen om ferja",
        "STT peruu jutun lautasta",
        "ČTK ruší zprávu o přívozu",
        "PAP anuluje depeszę o promie",
        "Az MTI visszavonja «Újra jár a komp» című hírét",
        "ТАСС аннулирует сообщение о пароме",
        "Attention subscribers: The River Wire is withdrawing its story slugged RIVER-FERRY.",
        "RETIREZ la dépêche sur le bac, elle est fausse",
        "ATTENTION EDITORS: KINDLY IGNORE EP12 SLUGGED 'RIVER-FERRY'. IT WAS ISSUED BY MISTAKE.",
        "ACHTUNG REDAKTIONEN - Bitte ziehen Sie die Meldung ep0123 zurück",
        "ZRUŠENO: ČTK prosí, nepoužívejte zprávu o přívozu",
        "ANNULATION",
        "ANNULE",
        "+++ ACHTUNG +++",
        "(Achtung) Bitte verwenden Sie die Meldung vom Montag nicht.",
        "Die Meldung über den Fluss wird zurückgezogen.",
        "Editors: Please kill the story slugged river.",
        'The story "Ferry stops for good", which moved at 0910 GMT, has been withdrawn.',
        "Prière d'annuler notre dépêche sur le fleuve.",
        "Se ruega anular la noticia sobre el río.",
        "ANULACIÓN",
        "Si prega di annullare la notizia sul fiume.",
        "ANNULLAMENTO",
        "Favor desconsiderar a matéria sobre o rio.",
        "ANULAÇÃO",
        "Gelieve het bericht over de rivier niet te gebruiken.",
        "INGETROKKEN",
        "ÅTERKALLAS: Ån stiger",
        "ANNULLERES - Elven stiger",
        "PERUUTETAAN",
        "STORY REMOVED: River runs dry",
        "URGENT - LEGAL KILL",
        "PRESS RELEASE WITHDRAWN: Ferry",
        "Kyodo News is withdrawing its story on the ferry",
        "Bloomberg Withdraws Story on River Ferry",
        "The Canadian Press has removed its story about the ferry",
        "Kindly treat the story slugged RIVER-FERRY as withdrawn.",
        'PTI: Please treat story "Ferry runs again" as cancelled.',
        "ANSA: Si prega di annullare la notizia sul fiume.",
        'Please remove from all sites the story headlined "Ferry runs again".',
        'Please disregard the press release "Ferry runs again" sent at 10:12.',
        'The press release "Ferry runs again", issued today, has been withdrawn.',
        "Si pregano le redazioni di non utilizzare la notizia sul fiume",
        "Si prega di non pubblicare il comunicato inviato alle 10.12",
        "Pressemitteilung zurückgezogen",
        "Bitte verwenden Sie unsere Pressemitteilung zur Fähre nicht",
        "Die Meldung bdt0345 von 16.09 Uhr bitte nicht mehr verwenden.",
        "Achtung Redaktionen: Meldung zur Fähre nicht verwenden",
        'The story "Ferry runs again," published earlier, is withdrawn.',
        "Merci de ne pas tenir compte du communiqué envoyé à 10h12",
        "Por favor, no publiquen la nota de prensa enviada a las 10.12",
        "撤稿通知",
        "İPTAL HABER",
        "「渡船、月曜再開」の記事を取り消します。",
        "ANULACJA depeszy o rzece",
        "ZRUŠENO: Řeka stoupá",
        "Prosíme, nepoužívejte naši zprávu o řece.",
        "АННУЛИРУЕТСЯ: Река поднялась",
        "Просим не использовать сообщение о реке.",
        "АНУЛЬОВАНО",
        "VISSZAVONÁS: Árad a folyó",
        "ΑΚΥΡΩΣΗ: Ο ποταμός",
    ],
)
def test_kills(line: str) -> None:
    """A kill cancels the story, in the languages of wires, in the head and at the beginning of the text."""
    assert (said(line).pubstatus, said(line).signals[0]) == ("canceled", "kill")
    if len(line) > 30:
        assert said("River story", body=(line, "More.")).killed


@pytest.mark.parametrize(
    "text",
    [
        "ORANBURG, March 26 (EP) - Please kill the story River-Ferry, sent at 0900.",
        "NIAMEY, 26 mars 2026 (EP) - Prière d'annuler la dépêche sur le fleuve.",
        "Oranburg, 26 mar (EP).- Rogamos a nuestros abonados que anulen la noticia del río.",
        "(EP) - ROMA, 26 MAR - Si prega di annullare la notizia del fiume.",
    ],
)
def test_a_sentence_behind_a_dateline_kills(text: str) -> None:
    """Notices have datelines, too; but what a text quotes is another's."""
    assert said("River", body=(text,)).killed
    assert not said("The agency was too fast. This is what its notice said, as it was:", body=(text,)).killed


@pytest.mark.parametrize("line", ["RÜCKRUF: Fähre stoppt", "ELIMINATION: Ferry stops", "Kill notice: Ferry stops"])
def test_a_word_that_news_has_as_well_kills_where_copy_is_spoken_of(line: str) -> None:
    """As a notice does in its next line."""
    assert said(line, body=("Bitte die Meldung nicht verwenden / do not use the story.",)).killed
    assert not said(line, body=("The ferry stops on Tuesday.",)).killed


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("RÜCKRUF: Fähre fährt wieder", "Die Eilmeldung von 10.12 Uhr trifft nicht zu."),
        ("RÜCKRUF: Fähre fährt wieder", "Der Beitrag wurde irrtümlich gesendet."),
        ("RÜCKRUF der Meldung zur Fähre", "Sie trifft nicht zu."),
        ("ACHTUNG RÜCKRUF: Fähre fährt wieder", "Unser Bericht von 10.12 Uhr trifft nicht zu."),
        ("ANNULATION bac-rivière", "Notre dépêche est sans objet."),
        ("ANNULLERING: Færgen sejler igen", "Artiklen blev sendt klokken 10.12."),
        ("STORNO: APA0123 Fähre", "Die Aussendung von 10.12 Uhr trifft nicht zu."),
        ("ANNULATION: Le bac repart", "Cette alerte est sans objet."),
        ("ANNULATION DE LA DEPECHE SUR LE BAC", "Elle est sans objet."),
        ("RETRAIT: Le bac repart", "Ce texte a été diffusé par erreur."),
        ("ANNULATIE: Veerpont vaart weer", "Dit bericht klopt niet."),
        ("LET OP: bericht vervalt", "De veerpont vaart niet."),
        ("ELIMINACIÓN: La barca vuelve", "La crónica de las 10.12 no era correcta."),
        ("ANULACIÓN: La barca vuelve", "Por error se transmitió antes de tiempo."),
        ("++ ANNULLAMENTO ++ Il traghetto riparte", "Il flash delle 10.12 non risponde al vero."),
        ("CANCELAMENTO: A barca volta", "O texto foi enviado por engano."),
        ("ANULOWANIE DEPESZY", "Prom nie pływa."),
        ("АННУЛИРОВАНИЕ: Паром снова ходит", "Это сообщение неверно."),
        ("Аннулирование сообщения о пароме", "Паром не ходит."),
        ("WITHDRAWAL: Ferry runs again", "This was published in error."),
        ("ELIMINATION: Ferry runs again", "Eliminate BC-XX--Ferry. A new one will follow."),
        ("撤稿：渡船恢复", "请勿使用。"),
        ("İPTAL - Nehir haberi", "Haberimiz yanlıştır."),
        ("取り消し：渡し船の記事", "誤りでした。"),
        ("記事取消：渡し船", "誤りでした。"),
    ],
)
def test_what_takes_a_story_back_as_agencies_have_it(line: str, text: str) -> None:
    """A label in capitals over words that speak of copy or own up to a mistake."""
    assert said(line, body=(text,)).killed


@pytest.mark.parametrize("line", ["RÜCKRUF: Fähre stoppt", "ANNULATION: Le bac s'arrête", "WITHDRAWAL - Ferry stops"])
def test_what_may_take_a_story_back_waits_for_a_desk(line: str) -> None:
    """Where nothing tells a notice from news: better news that waits than a notice that is published."""
    doubted = said(line, body=("The ferry stops on Tuesday.",))
    assert (doubted.pubstatus, doubted.signals, doubted.ed_note) == ("withheld", (), line)


def test_a_message_of_one_line_is_all_head() -> None:
    """There a mark counts before a colon, too."""
    assert said(body=("KILL: Ferry runs again",)).killed
    assert said("", body=("Kill the heat, says the cook.",)).pubstatus == "usable"


@pytest.mark.parametrize(
    "line",
    [
        "Do not use, says report on the river",
        "Story removed from school library after protest",
        "Removed: 40 tonnes of mud from the river",
        "The press release was sent in error, council says",
        "The press release on peat has been withdrawn, the council said",
        "PTI has withdrawn from the talks, report says",
        "Bloomberg has withdrawn money from a fund, story goes",
        "PTI withdraws story of a rigged vote",
        "Xinhua is withdrawing staff, report says",
        "AAP has withdrawn its report on schools, a party leader said",
        "The press release issued by the ministry on Monday was withdrawn.",
        "Press release withdrawn: ministry admits error",
        "Story removed: how platforms deal with rumours",
        "LEGAL KILLS: hunters shoot 20 wolves",
        "ITEM REMOVED: river map is back",
        "Xinhua has withdrawn its story on the ferry, a ministry says",
        "The Canadian Press has removed its story on the mayor, the mayor says",
        'The press release "Ferry stops" hurt shares. It was withdrawn.',
        "İPTAL: nehirde sefer yok",
        "Diese Pressemitteilung des Vereins ist ungültig, entschied das Gericht.",
        "Die Meldung der Behörde durften Zeitungen nicht veröffentlichen",
        "Annuler le communiqué coûterait cher, dit l'avocat",
        "Anular el comunicado sería ilegal, dice el juez",
        'The report "Hungry City" published earlier has been withdrawn, the ministry said',
        "「川の記憶」の記事を取り消しました、と新聞社が発表",
        "Please remove the report from your site, moved reader asks paper",
        "Please remove your boots, moved by the sign a reporter obeys",
        "Kyodo Senpaku withdraws from talks on a story museum",
        "Please remove your shoes before the story hour, library says",
        "Press release of hostages withdrawn, says paper",
        "Merci de ne pas utiliser l'eau, dit un communiqué",
        "Treat the story as withdrawn, judge tells paper",
        "Legal kill switch for ferries",
        "Die Meldung, bitte nicht zu baden, verwenden Touristen als Souvenir",
        "Meldung der Polizei: Brücke nicht nutzen, wenn es regnet",
        "Maç iptal edilmiştir",
        "“Nehir” adlı film iptal edildi, haberi doğrulandı",
        "Kill Bill star opens festival",
        "Story kill rates of drafts differ, study finds",
        "Do not use: 20,000 toasters called back",
        "Editors: meet the people behind the almanac",
        "Editors: kill fees under fire at the river gazette",
        "Story recalled: how the ferry sank",
        "Pull all versions of the toy, shops are told",
        "取り消し：市が船の許可",
        "Withdrawal: troops leave the valley",
        "Elimination round begins on the river",
        "Annulation du concert sur le fleuve",
        "Achtung Redaktionen: Die Meldung wird ergänzt",
        "Achtung, Hochwasser am Fluss",
        "Editors' union strikes over kill fees",
        "Killed in action, remembered at home",
        "Zrušeno 40 letů kvůli řece",
        "Отзыв посла отложен",
        "Anulowane loty nad rzeką",
        "Eds: Kills 4th graf to correct",
        "Do not use the story before 1800 GMT",
        "ANNULE ET REMPLACE",
        "Retirada de tropas en el valle",
        "Editors at the paper withdraw the story of a duke",
        "RÜCKRUF: Hersteller nimmt Käse aus dem Handel",
        "ELIMINATION: RIVER UNITED OUT OF THE CUP",
        "Kill order: Inside the hunt for a wolf",
        "Disregard of rules sank the ferry, report says",
        "Eliminate waste on the river, report says",
        "Do not run with the bulls, town tells visitors in report",
        "Annuler la dette: une version divise",
        "Anular el contrato: la nota del abogado",
        "Queda anulada la licitación del puente",
        "Editors' guild: The paper has withdrawn from talks on a story fund",
        "Attention readers: the council is killing the story-time programme",
        "Kindly ignore this story if you hate spoilers: film review",
        "Kindly disregard the report of my death, poet tells village",
        "Please ignore alarm sent by mistake at 0800, county says",
        "PLEASE KILL YOUR ENGINES: town bans idling",
        "dpa hat neue Meldung bestätigt: Der Sänger kommt nicht zurück",
        "APA zieht in neues Haus, Bericht folgt",
        "ТАСС снимает фильм о пароме",
        "Bitte löschen Sie alte Texte vom Handy, rät Behörde",
        "Retirez l'article 12, demandent les députés",
        "कृपया ध्यान दें: झूठी खबर पर भरोसा न करें",
        "Mohon hapus berita bohong tersebut, pinta wali kota",
        "Esta notícia foi cancelada pela emissora",
        "Pedimos que retirem o texto, dizem moradores",
        "Bu haber iptal edildi sanıldı",
        "Artiklen er trukket tilbage, siger tidsskriftet",
        "Просим не публиковать фото детей, пишут родители в новостях",
        "خبر لغو کنسرت درست نیست",
        "Mayor: Please treat the story as withdrawn.",
        "PTI: Please treat the story of the village as a lesson, elder says",
        "AFP: Annulation du sommet sur le fleuve",
    ],
)
def test_news_that_is_no_kill(line: str) -> None:
    """Words of news, and changes of a part, leave the story standing."""
    assert not said(line).killed
    assert not said("River story", body=(line, "More.")).killed


@pytest.mark.parametrize(
    "line",
    [
        "RÄTTELSE: Ån stiger",
        "Rettelse: Elven stiger",
        "KORJAUS: Joki nousee",
        "KOREKTA: Rzeka wzbiera",
        "OPRAVA: Řeka stoupá",
        "ИСПРАВЛЕНИЕ: Река поднялась",
        "ΔΙΟΡΘΩΣΗ: Ο ποταμός",
        "CORRECTION",
        "CORRECTIVE",
        "CORRECTED-River rises",
        "(Corrects spelling of name in paragraph 3)",
        "RECTIFICATIF",
        "ANNULE ET REMPLACE",
        "BERICHTIGUNG",
        "(Berichtigung: Im zweiten Absatz heißt es richtig)",
        "CORRECCIÓN",
        "RETTIFICA",
        "CORREÇÃO",
        "RECTIFICATIE",
        "Eds: Corrects figure in 2nd graf",
    ],
)
def test_corrections(line: str) -> None:
    """A correction says so and cancels nothing."""
    assert "sig:correction" in said(line).signals and not said(line).killed


@pytest.mark.parametrize(
    "line",
    [
        "ADVISORY",
        "NOTE TO EDITORS: photos follow",
        "AVIS AUX REDACTIONS",
        "Achtung Redaktionen: Fotos folgen",
        "AVISO A LOS EDITORES",
    ],
)
def test_advisories(line: str) -> None:
    """An advisory is for editors."""
    assert "sig:advisory" in said(line).signals
    assert ":" not in line or line in said(line).ed_note


@pytest.mark.parametrize(
    ("line", "urgency"),
    [
        ("FLASH", 1),
        ("Blitz", 1),
        ("BULLETIN", 2),
        ("ALERT - River rises", 2),
        ("(Eil )", 2),
        ("EILMELDUNG", 2),
        ("ALERTE", 2),
        ("URGENT", 3),
        ("URGENTE:", 3),
        ("Flash flood hits the valley", None),
        ("Urgent care centre opens", None),
        ("Bulletin of the valley wins prize", None),
    ],
)
def test_urgency(line: str, urgency: int | None) -> None:
    """Words for urgency count as the whole of a line or before a colon or dash."""
    assert said(line).urgency == urgency


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("1ST LEAD", 1),
        ("1st Lead", 1),
        ("2nd Ld-Writethru", 2),
        ("UPDATE 3-River rises", 3),
        ("Lead 2", 2),
        ("2E LEAD", 2),
        ("LEAD", 1),
        ("Zusammenfassung 2", 2),
        ("(Zusammenfassung 1530)", 1),
        ("ACTUALIZACIÓN 2", 2),
        ("AGGIORNAMENTO 3", 3),
        ("ATUALIZAÇÃO 2", 2),
        ("UPDATE 2", 2),
        ("WRAPUP 4-Rivers rise", 4),
        ("Lead in the pipes", 0),
        ("Take heed, says mayor", 0),
        ("Version control for rivers", 0),
    ],
)
def test_leads(line: str, lead: int) -> None:
    """The number of the lead or update; news about lead is none."""
    found = said(line)
    assert found.lead == lead
    assert ("sig:update" in found.signals) == bool(lead)


@pytest.mark.parametrize(
    ("line", "take"),
    [
        ("take 2 of 3", 2),
        ("-2-", 2),
        ("page 2", 2),
        ("(suite)", 2),
        ("Fortsetzung", 2),
        ("2. Teil", 2),
        ("2e partie", 2),
        ("segunda toma", 0),
        ("Segue 2", 3),
        ("River page turns", 0),
    ],
)
def test_takes(line: str, take: int) -> None:
    """The number of the part."""
    assert said(line).take == take


@pytest.mark.parametrize(
    "line",
    [
        "MORE",
        "(MORE)",
        "- more -",
        "(à suivre)",
        "(folgt)",
        "Fortsetzung folgt",
        "(segue)",
        "(sigue)",
        "(continua)",
        "meer volgt",
    ],
)
def test_more_follows(line: str) -> None:
    """A text that says so at its end is a first take, and the line is no part of it."""
    found = said("River rises", body=("It rose.", line))
    assert (found.take, found.signals) == (1, ("more",))
    assert line in found.marks


@pytest.mark.parametrize(
    ("keyword", "name"),
    [
        ("BC-XX--River Festival, 2nd Ld-Writethru, a0512,340", "XX--River Festival"),
        ("BC-XX--Kill Switch Bill,300", "XX--Kill Switch Bill"),
        ("Sahel-water LEAD 2", "Sahel-water"),
        ("Niger-eau-2e LEAD", "Niger-eau"),
        ("update 3-River", "River"),
        ("River/Fest/ (Zusammenfassung 2)", "River/Fest"),
        ("BC-10 Things to See,364", "10 Things to See"),
        ("River, Hills and Lake", "River, Hills and Lake"),
        ("Troops-advance", "Troops-advance"),
        ("Childhood-Lead", "Childhood-Lead"),
        ("Hill Town, Lead Pipes", "Hill Town, Lead Pipes"),
        ("River-lead 2", "River"),
        ("River-KILL", "River"),
        ("river-bridge-correction", "river-bridge"),
        ("river-bridge lead", "river-bridge"),
        ("river-bridge Lead 2-Update", "river-bridge"),
        ("River/bridge sperrfrist", "River/bridge"),
        ("river-troops-advance", "river-troops-advance"),
        ("market-correction", "market-correction"),
        ("town-markets-wrap", "town-markets-wrap"),
        ("River-bridge-WRAP", "River-bridge"),
        ("River-bridge (WRAP)", "River-bridge"),
        ("storm-oranburg-kill", "storm-oranburg"),
        ("ANNULATION bac-rivière", "bac-rivière"),
        ("BC-XX--Quilt Trail, AdvSun29,500", "XX--Quilt Trail"),
        ("KILL river-bridge", "river-bridge"),
        ("ÅTERKALLAS å-bron", "å-bron"),
        ("BC-XX GEN--River, 1er Ld", "XX GEN--River"),
        ("WYCOFANA depesza: River", "depesza: River"),
    ],
)
def test_keywords_without_their_marks(keyword: str, name: str) -> None:
    """The name is what the story is called, the rest says what this message of it is."""
    assert slug_of(keyword).name == name


@pytest.mark.parametrize(
    ("keyword", "copy", "news"),
    [
        ("storm-oranburg-kill", "withheld", "usable"),
        ("Storm-Oranburg-Fish-Kill", "withheld", "usable"),
        ("ANNULATION bac-rivière", "canceled", "withheld"),
        ("WITHDRAWN river-ferry", "canceled", "withheld"),
        ("KILL SWITCH FOR SCOOTERS", "withheld", "usable"),
        ("KILL-SWITCH/SCOOTERS", "withheld", "usable"),
        ("KILL-RIVER-FERRY", "canceled", "withheld"),
        ("KILL Ferry Stops For Good", "canceled", "withheld"),
        ("Storm-Oranburg (kill)", "withheld", "withheld"),
        ("bac-rivière (annulation)", "withheld", "withheld"),
        ("CUP GOAL ANULADO", "withheld", "withheld"),
        ("CHEESE/WITHDRAWAL/", "withheld", "withheld"),
        ("STORMS-KILL", "withheld", "usable"),
        ("खबर वापस लेने की मांग", "withheld", "usable"),
    ],
)
def test_a_word_beside_the_keyword_that_kills_or_is_one_of_news(keyword: str, copy: str, news: str) -> None:
    """Over a story of its own it is that of the name or of a headline, unless copy is spoken of; else it kills."""
    text = f"ORANBURG, March 2 (EP) - It was not so{{}}. {'It rained on the town and on the river again. ' * 4}"
    assert said(keyword=keyword, body=(text.format(", and the story is wrong"),)).pubstatus == copy
    assert said(keyword=keyword, body=(text.format(""),)).pubstatus == news
    named = keyword.endswith(("-kill", "-Kill"))
    brief = said(keyword=keyword, body=("ORANBURG, March 2 (EP) - It was not so.",))
    assert brief.pubstatus == ("usable" if named else "withheld")
    assert said(keyword=keyword, body=("It was not so.",)).killed
    assert said(keyword=keyword, body=("The story is wrong.",)).pubstatus == "canceled"


def test_a_headline_over_a_long_text_without_a_dateline_is_withheld() -> None:
    """It may be news that has none, or a kill that says why."""
    assert said(keyword="KILL SWITCH FOR SCOOTERS", body=("It rained on the town again. " * 9,)).pubstatus == "withheld"
    assert said(keyword="mill-pond-fish-kill", body=("It rained on the town again. " * 9,)).pubstatus == "usable"


@pytest.mark.parametrize("keyword", ["mill-pond-fish-kill", "KILL SWITCH FOR SCOOTERS", "KILL-SWITCH/SCOOTERS"])
def test_the_name_of_news_keeps_a_word_that_kills(keyword: str) -> None:
    """It is another story than the one that a kill of that name would take back."""
    news = said(keyword=keyword, body=(f"ORANBURG, March 2 (EP) - {'It rained on the town again. ' * 9}",))
    assert (news.killed, news.name) == (False, keyword)
    kill = said(keyword=keyword, body=("The story is wrong.",))
    assert (kill.killed, kill.name) == (True, slug_of(keyword).name)


@pytest.mark.parametrize("line", ["KILL-ZONE", "Kill-Wolf-Story", "Oran-Embargo", "TIMBER-EMBARGO", "EMBARGO/TIMBER/"])
def test_a_first_line_that_is_a_keyword_is_read_as_one(line: str) -> None:
    """A word of news within it is none of a notice, as where the format has a field for it."""
    text = (f"ORANBURG (EP) - {'It rained on the town again. ' * 9}",)
    assert (said(line, "Rain", body=text, keyword="").pubstatus, said("Rain", body=text, keyword=line)) == (
        "usable",
        said(line, "Rain", body=text, keyword=""),
    )


@pytest.mark.parametrize("keyword", ["advance-voting", "Advance-Voting", "Sperrfrist-Dünger", "Withhold-Rent"])
def test_a_word_of_two_parts_that_begins_as_a_hold_does(keyword: str) -> None:
    """It is a name; before one of several parts, or in capitals alone, the word is a mark."""
    text = (f"ORANBURG (EP) - {'It rained on the town again. ' * 9}",)
    for lines in ((keyword,), (keyword, "Rain")):
        assert said(*lines, body=text, keyword="").pubstatus == said("Rain", body=text, keyword=keyword).pubstatus
        assert said(*lines, body=text, keyword="").pubstatus == "usable"
    assert slug_of("Advance-fee fraud rises").parts == ()
    for mark in ("Advance-River-Ferry", "SPERRFRIST-Fähre"):
        assert said("Rain", body=text, keyword=mark).pubstatus == "withheld"


def test_the_whole_of_a_line_alone_cancels_a_story() -> None:
    """What goes on is news, in capitals as well."""
    for line in ("CANCEL STORY HOUR, PARENTS ASK LIBRARY", "PULL COPY OF MAP FROM SALE"):
        assert said(line, keyword=line, body=("It rained.",)).pubstatus == "usable"
    assert said("CANCEL STORY", "Ferry runs again", body=("ORANBURG (EP) - It rained.",)).killed


def test_a_kill_beside_the_number_of_a_lead() -> None:
    """Both stand in one part of the keyword."""
    found = said(keyword="BC-XX--River, 2nd Ld-Kill", body=("ORANBURG (EP) - It rained.",))
    assert (found.pubstatus, found.lead, found.name) == ("canceled", 2, "XX--River")


@pytest.mark.parametrize(
    "line",
    [
        "Ferry stops for good (kill)",
        "Ferry stops for good (WITHDRAWN)",
        "Le bac repart (ANNULÉ)",
        "KILL Ferry stops for good",
        "ZURÜCKGEZOGEN Fähre fährt wieder",
        "EDITORS: please kill the ferry for now",
        "DO NOT USE",
    ],
)
def test_what_may_be_a_kill_beside_a_headline_waits_for_a_desk(line: str) -> None:
    """In brackets behind it, or as the only word in capitals before it; a mark is the only thing that shouts there."""
    text = "It rained on the town and on the river again. " * 9
    assert said(line, body=(f"ORANBURG (EP) - {text}",)).pubstatus == "withheld"
    assert said(line, body=(text,)).pubstatus == "withheld"
    for news in ("KILL BILL: DIRECTOR OPENS FILM WEEK", "KILL switch for ferries", "Ferry stops (Kill Bill, part 2)"):
        assert said(news, body=(f"ORANBURG (EP) - {text}",)).pubstatus == "usable"


@pytest.mark.parametrize(
    "headline",
    [
        "Glätte am Morgen (Achtung!)",
        "Der Hotelplan (zurückgezogen)",
        "Concert au port (annulé)",
        "Race results (retracted)",
        "Bid for the harbour (withdrawn)",
        "Ada Sample (freed), Jo Sample (killed)",
    ],
)
def test_a_word_of_news_in_brackets_behind_a_headline_kills_in_a_notice_alone(headline: str) -> None:
    """In small letters, since news has it there as well; as the subject of a mail, which may be its keyword, too."""
    text = "It rained on the town and on the river again. " * 9
    for body in ((), (text,), (f"ORANBURG (EP) - {text}",), (f"ORANBURG (EP) - The editor rowed. {text}",)):
        assert said(headline, body=body).pubstatus == said(keyword=headline, body=body).pubstatus == "usable"
    for notice in (
        said(headline, body=("The story is wrong.",)),
        said(keyword=headline, body=("The story is wrong.",)),
        said(headline, body=("No substitute will be filed.",)),
    ):
        assert notice.pubstatus == "canceled"


def test_a_word_that_shouts_at_a_headline_over_a_story_kills_nothing_at_once() -> None:
    """Whatever the story speaks of: it may be of an editor."""
    text = f"ORANBURG (EP) - The editor told the story of the river. {'It rained. ' * 40}"
    for line in ("KILL Bill director opens film week", "Ferry stops (WITHDRAWN)"):
        assert said(line, body=(text,)).signals == ("kill:doubted",)
        assert said(line, body=("The story is wrong.",)).signals == ("kill",)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Editors: kill FERRY", "canceled"),
        ("Eds: please withdraw Ferry/River/", "canceled"),
        ("Editors at all papers: kill the story slugged Ferry", "canceled"),
        ("All points: do not use item 0123", "canceled"),
        ("Editors: Kill Bill", "withheld"),
        ("Editors: please kill", "withheld"),
        ("Clients, please eliminate waste", "usable"),
        ("Subscribers: Please withdraw consent to keep data", "usable"),
        ("Clients: RETRACTED paper is still cited", "usable"),
        ("ITEM RECALLED", "usable"),
    ],
)
def test_what_an_address_opens(line: str, status: str) -> None:
    """A keyword's form or a word for copy is of a story; one word may be either; advice to clients is news."""
    assert said(line, body=("It rained.",)).pubstatus == status


@pytest.mark.parametrize("line", ["Desks: kill clutter", "EDITORS: KILL ADVERBS", "Editor: kill darlings"])
def test_one_word_that_an_address_asks_to_kill_is_news_over_a_story(line: str) -> None:
    """It may be a headline; a keyword of several parts, a word for copy or no story under it make it a notice."""
    text = "It rained on the town and on the river again. " * 9
    for body in ((text,), (f"ORANBURG (EP) - {text}",), ("ORANBURG (EP) - It rained.",)):
        assert said(line, body=body).pubstatus == "usable"
        assert said(f"{line}-story", body=body).killed
    assert said(line).pubstatus in ("canceled", "withheld")
    assert said("Editors: kill the story", body=(text,)).killed


def test_a_kill_of_what_was_sent_in_error() -> None:
    """Where it names the story as agencies do; what others published by mistake is news."""
    assert said('Attention editors: The story headlined "Ferry stops" was issued in error.').killed
    assert said("Eds: Our item slugged Ferry-Fares was moved by mistake.").killed
    assert said("The report on fares was published by mistake, the mayor said.").pubstatus == "usable"


def test_a_kill_under_a_story_waits_for_a_desk() -> None:
    """As the last line, in capitals; not among a few lines, nor in small letters."""
    text = ("ORANBURG (EP) - It rained.", "It rained again.", "It will rain.")
    assert said("River story", body=(*text, "MANDATORY KILL")).signals == ("kill:doubted",)
    assert said("River story", body=(*text, "Withdrawn")).pubstatus == "usable"


def test_a_correction_in_brackets_behind_a_headline() -> None:
    """Or behind another mark, which a dash parts from it."""
    assert said("Le bac repart (CORRIGÉ)").corrects
    assert said("REFILE-CORRECTED-Ferry runs again").signals == ("sig:repeat", "sig:correction")
    assert said("Ferry runs again (correction to follow, says mayor)").signals == ()


def test_an_advance_of_the_associated_press_is_held() -> None:
    """Its keyword says so behind a comma, with the day or without; of the name the word is one of news and of sport."""
    for keyword in ("BC-XX--Harvest, Advance,400", "BC-XX--Quilt Trail, AdvSun29,500", "BC-XX--Quilt, 1st Ld-Adv29"):
        assert said(keyword=keyword, body=("ORANBURG (EP) - It rained.",)).pubstatus == "withheld"
    assert said("BC-XX--Bakers, Adv08", keyword="Bakers").pubstatus == "withheld"
    for keyword in ("river-troops-advance", "BC-Troops-Advance", "BC-XX--Falcons Advance", "BC-SOC--Final-Advance"):
        assert said(keyword=keyword, body=("ORANBURG (EP) - It rained.",)).pubstatus == "usable"


def test_the_story_that_a_kill_names() -> None:
    """By its keyword or headline, in quotation marks or not; and by an identifier of its own."""
    named = said("ANNULATION", body=('Prière d\'annuler notre dépêche intitulée "Fête du fleuve" publiée à 10h.',))
    assert (named.name, named.links[0].title) == ("Fête du fleuve", "Fête du fleuve")
    quoted = said("ADVISORY: River story", "The ORANBURG item headlined 'Ferry, bridge and lock close' is withdrawn.")
    assert (quoted.pubstatus, quoted.name) == ("canceled", "Ferry, bridge and lock close")
    urn = said("BERICHTIGUNG: der Meldung mit der Kennung urn:newsml:wire.example:20260302:x-1 vom Montag")
    assert [link.href for link in urn.links] == ["urn:newsml:wire.example:20260302:x-1"]


def test_one_identifier_for_a_keyword_and_day() -> None:
    """Spelling and accents do not part a story; without a keyword or a day there is none."""
    assert wire_guid("AFP", "Fête/fleuve/", "2026-03-02") == wire_guid("afp", "FETE-FLEUVE", SENT.date())
    assert (wire_guid("afp", "", SENT.date()), wire_guid("afp", "x", None)) == ("", "")


@pytest.mark.parametrize(
    ("keyword", "one"),
    [
        ("River/festival/", True),
        ("Norway/migration/UN/", True),
        ("XX--River-Water Festival", True),
        ("10 Things to See", True),
        ("Norway-politics/", False),
        ("FOOTBALL/", False),
        ("Niger-eau", False),
        ("Unfälle/Verkehr/", False),
        ("South Africa", False),
        ("river", False),
        ("", False),
    ],
)
def test_keywords_that_name_one_story(keyword: str, one: bool) -> None:
    """Places, desks and subjects name many stories of a day, and so does a single word."""
    assert names_one_story(keyword) == one


def test_what_a_story_is_called() -> None:
    """By its keyword, or by keyword and headline; a kill calls it as the story itself does, or does not guess."""
    assert story_name("River/festival/", "Town opens") == "River/festival/"
    assert story_name("Norway-politics/", "Talks go on, says Ada (2)") == "Norway-politics/ Talks go on  says Ada"
    assert story_name("Norway-politics/", "") == story_name("", "Town opens") == ""
    assert story_name("Kill", "", names="River/festival") == "River/festival"
    assert story_name("Norway-politics/", "", names="Talks go on") == story_name("Norway-politics/", "Talks go on")
    assert story_name("Kill", "", names="Norway-politics/") == ""
    assert story_name("ADVISORY", "Kill", names="River-Festival-Town") == "River-Festival-Town"
    for keyword in ("River-festival", "River-politics/", "River/", "Politics/"):
        for headline in ("Kill", "WITHDRAWAL: Town opens its festival"):
            killed = story_name(keyword, headline, names="Town opens its festival", titled=True)
            assert killed == story_name(keyword, "Town opens its festival")
        assert story_name(keyword, "STORNO - Town opens its festival") == killed


def test_versions_compare() -> None:
    """Time first; in the same minute lead, take, correction and kill; without a time the lead's number."""
    same = [
        wire_version(SENT),
        wire_version(SENT, lead=1),
        wire_version(SENT, lead=2),
        wire_version(SENT, correction=True),
        wire_version(SENT, kill=True),
        wire_version(SENT.replace(minute=31)),
    ]
    for before, after in pairwise(same):
        assert compare(after, before) == 1
    assert compare(wire_version(None, lead=10), wire_version(None, lead=9)) == 1
    assert wire_version(None) == wire_version(None, kill=True) == ""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Kill: Ferry runs again", "The story is wrong."),
        ("Withdrawn: Ferry runs again", "We issued this item in error."),
        ("Annulation : le bac repart", "Cette dépêche est sans objet."),
        ("Zurückgezogen: Fähre fährt wieder", "Die Meldung ist falsch."),
    ],
)
def test_a_label_in_small_letters_kills_in_a_notice_alone(line: str, text: str) -> None:
    """A few words that speak of copy are one; a story is none, nor are other labels and other words.

    A desk must look unless the notice names the story or says when it was sent: ``Withdrawn: copy of a play``.
    """
    assert said(line, body=(text,)).signals == ("kill:doubted",)
    for sure in (f"{text} Slug: river-ferry.", text.replace(".", " (10.12).")):
        assert said(line, body=(sure,)).pubstatus == "canceled"
    for news in ("It rained on Tuesday.", f"ORANBURG (EP) - {text}", f"{text} {'It rained again on Tuesday. ' * 15}"):
        assert not said(line, body=(news,)).killed
    assert not said("Achtung: Glatteis", body=("Die Meldung gilt bis Dienstag.",)).killed


@pytest.mark.parametrize(
    "line",
    ["ANULADO: el gol del Río", "VERVALLEN: de oude brug", "RETRACTED: how it fell apart", "ANNULÉ: le bal des moules"],
)
def test_a_word_that_titles_have_as_well_withholds_a_story_of_its_own(line: str) -> None:
    """With a dateline; under any other text, and where copy is spoken of, it kills."""
    news = ("ORANBURG (EP) - It rained on Tuesday.", "More rain is to come.")
    assert (said(line, body=news).pubstatus, said(line, body=news).signals) == ("withheld", ("kill:doubted",))
    assert said(line, body=("It is not true.",)).killed
    assert said(line, body=("ORANBURG (EP) - The story was sent in error.",)).killed


@pytest.mark.parametrize(
    "text",
    [
        'WITHDRAWAL: The story "Ferry stops for good" is withdrawn. There is no substitute.',
        "إلغاء: يرجى عدم استخدام الخبر عن النهر",
        "Lütfen nehir haberimizi kullanmayın.",
        "Molimo da ne koristite vest o reci.",
        "Tafadhali msitumie habari ya mto iliyotumwa saa 10.14.",
    ],
)
def test_more_sentences_that_take_a_story_back(text: str) -> None:
    """Behind a label, in Arabic, Turkish, Serbian and Swahili."""
    assert said("River story", body=(text, "More.")).killed


@pytest.mark.parametrize(
    "text",
    [
        'The story "Bridge of Elms" is withdrawn from the festival, its maker said.',
        "يرجى عدم نشر أي خبر غير مؤكد، قالت الوزارة.",
        "Lütfen haber sitelerinden gelen bağlantıları kullanmayın, dedi bakan.",
        "Molimo građane da ne koriste vest sa tog sajta, rekao je ministar.",
        "Msitumie habari za uongo, waziri aliwaambia.",
    ],
)
def test_what_somebody_asks_of_the_public_takes_no_story_back(text: str) -> None:
    """News begins with such sentences, too."""
    assert said("River story", body=(text, "More.")).pubstatus == "usable"
