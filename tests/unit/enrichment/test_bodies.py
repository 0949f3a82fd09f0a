"""Bodies by the words around their names: kinds of companies, towns, partners, and the table of markets and states."""

from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Facts
from dateline_schemas.story import Story


def found(language: str, text: str) -> Facts:
    """The facts of a text."""
    return facts(Story(guid="bodies", language=language, paragraphs=(text,)), Credit())


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "La empresa Velatron cerrará su planta en mayo.", "Velatron"),
        ("it", "Secondo l'azienda Corvid Nord i lavori finiranno presto.", "Corvid Nord"),
        ("nb", "I går meldte selskapet Fjordal om et nytt anlegg.", "Fjordal"),
        ("sv", "Mannen dömdes av Uddevalla tingsrätt på fredagen.", "Uddevalla tingsrätt"),
        ("da", "Sagen behandles ved Retten i Roskilde på mandag.", "Retten i Roskilde"),
        ("en", "The mill was sold to Baker & Taylor on Friday.", "Baker & Taylor"),
        ("en", "The mill was sold to Chandler & Sons on Friday.", "Chandler & Sons"),
        ("es", "La llevaron al hospital San Juan de Dios ayer.", "hospital San Juan de Dios"),
        ("fi", "Potilas vietiin, kertoo Oulun yliopistollinen sairaala.", "Oulun yliopistollinen sairaala"),
        ("fi", "Miehen tuomitsi Helsingin käräjäoikeus.", "Helsingin käräjäoikeus"),
        ("ru", "Выступил депутат партии «Новые люди».", "Новые люди"),
        ("ru", "Об этом сообщили в Минфине.", "Минфин"),
        ("ru", "Иск принял Тарский суд Омской области.", "Тарский суд Омской области"),
        ("ru", "Арбитражный суд Омской области взыскал долг.", "Арбитражный суд Омской области"),
        ("uk", "Він оскаржить арешт у Вищому антикорупційному суді.", "Вищому антикорупційному суді"),
        ("uk", "Про це заявило Державне бюро розслідувань.", "Державне бюро розслідувань"),
        ("cs", "Krajský soud v Hradci Králové muže osvobodil.", "Krajský soud v Hradci Králové"),
        ("cs", "Odvolal se k Vrchnímu soudu v Olomouci.", "Vrchnímu soudu v Olomouci"),
        ("sk", "Rozhodol o tom Okresný súd Bardejov.", "Okresný súd Bardejov"),
        ("sk", "Vzorky odobrala Slovenská inšpekcia životného prostredia.", "Slovenská inšpekcia životného prostredia"),
        ("hr", "Žali se Županijskom sudu u Slavonskom Brodu.", "Županijskom sudu u Slavonskom Brodu"),
        ("sr", "Апелациони суд у Новом Саду је потврдио пресуду.", "Апелациони суд у Новом Саду"),
        ("bg", "Окръжният съд във Варна го оправда.", "Окръжният съд във Варна"),
        ("pl", "Tak orzekł Sąd Apelacyjny we Wrocławiu.", "Sąd Apelacyjny we Wrocławiu"),
        ("fi", "Asian vahvisti Sosiaali- ja terveysministeriö.", "Sosiaali- ja terveysministeriö"),
        ("no", "Norges vassdrags- og energidirektorat varslet ras.", "Norges vassdrags- og energidirektorat"),
        ("hu", "A Nemzeti Adó- és Vámhivatal vizsgálja.", "Nemzeti Adó- és Vámhivatal"),
        ("de", "Das Wirtschafts- und Finanzministerium plant es.", "Wirtschafts- und Finanzministerium"),
        ("sv", "Han ringde Svenska Bågskytteförbundet.", "Svenska Bågskytteförbundet"),
        ("en", "Hull City Council met on Tuesday.", "Hull City Council"),
        (
            "it",
            "Il Cagliari ha battuto la Cremonese nella partita di Serie A, 2-1 il punteggio.",
            "Cagliari|Cremonese|Serie A",
        ),
        ("es", "El Málaga empató con dos goles en el partido de fútbol.", "Málaga"),
        ("de", "Davor warnt die Industrie- und Handelskammer.", "Industrie- und Handelskammer"),
        (
            "ru",
            "Футболисты «Торпедо» забили гол. Тренер смотрел сериал «Берег».\nЯхта «Надежда» пришла.",
            "Торпедо",
        ),
        ("uk", "У матчі футболісти «Буревій» забили гол. «Перемогли», – сказав тренер на стадіоні «Нива».", "Буревій"),
        ("pl", "O strajku mówi Velatrońska Spółka Węglowa.", "Velatrońska Spółka Węglowa"),
        ("cs", "Zakázku získala Velatron s.r.o. na jaře.", "Velatron s.r.o."),
        ("cs", "Společnost Velatron a. s. otevře továrnu.", "Velatron a. s."),
        ("hr", "Tvrtka Velatron d.o.o. otvara pogon.", "Velatron d.o.o."),
        ("en", "Shares in Velatron Plc fell on Monday.", "Velatron Plc"),
        ("de", "Am Montag meldete die Velatron KG Verluste.", "Velatron KG"),
        ("pt", "O contrato foi assinado pela Velatron Lda ontem.", "Velatron Lda"),
        ("tr", "Yeni fabrikayı dün Velatron A.Ş. açtı.", "Velatron A.Ş."),
        ("ar", "أعلنت جامعة القاهرة عن برنامج جديد.", "جامعة القاهرة"),
        ("de", "Beim Landesverwaltungsgericht ist niemand zu sprechen.", "Landesverwaltungsgericht"),
        ("fr", "Hier l'Union nationale des éleveurs du Mali a réagi.", "Union nationale des éleveurs du Mali"),
        ("fr", "La Direction générale des impôts a rouvert.", "Direction générale des impôts"),
        ("pt", "O recurso foi entregue ao Conselho Eleitoral ontem.", "Conselho Eleitoral"),
        ("fr", "Hier la Banque centrale de Mauritanie a tranché.", "Banque centrale de Mauritanie"),
        ("en", "She died at the Odinga Teaching and Referral Hospital.", "Odinga Teaching and Referral Hospital"),
        ("en", "Scholars of Athens and Thessaly University met.", "Thessaly University"),
    ],
)
def test_what_stands_around_a_name_makes_a_body_of_it(language: str, text: str, name: str) -> None:
    """A kind of company before it, a word for a court after its town, a partner; in a match an article or quotes."""
    assert {one.name for one in found(language, text).organisations} <= set(name.split("|"))
    assert name.split("|")[0] in {one.name for one in found(language, text).organisations}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La empresa Española calló."),
        ("es", "Ayer habló ante la empresa Jaime Roe."),
        ("fr", "Le groupe Président Roe a parlé."),
        ("fr", "Il prie la Cour suprême de juger, et l'Assemblée générale des actionnaires de voter."),
        ("sv", "Bolaget Sverige finns inte."),
        ("sv", "Varje tingsrätt har en lagman."),
        ("en", "She runs Sales & Marketing and teaches Arts & Crafts."),
        ("en", "Ernest Solvay paid for it, and Roberto Falabella sang."),
        ("de", "Mittel wie GLP-1-Analoga fehlen. Der Dienstleister Blau Payment wächst."),
        ("sv", "Sida vid sida gick de hem."),
        ("cs", "Městský radní odešel. Česká rada podniků chybí. Národní fond chybí. Nová škola v Brně stojí."),
        ("sk", "Slovenská rada starších hovorí. Štátny fond chýba."),
        ("sr", "Више судова ћути. Више агенција тражи новац. Više fondova traži novac."),
        ("ru", "Российские банки растут. Российский союз распался. Федеральные трассы закрыты."),
        ("uk", "Національна служба мовчить. Українська влада впала. Книга «Війна» вийшла."),
        (
            "de",
            "Es war eine Nacht- und Nebelaktion. Sach- und Personenschaden entstand. Haupt- und Ehrenamt.",
        ),
        ("fi", "Avio- ja avoliitto ovat eri asioita."),
        ("sv", "Konst- och hantverk säljs. Kök- och badrumsverk byggs."),
        ("it", "Il sindaco parla del Torino antico."),
        ("it", "La Milano-Sanremo di ciclismo è la prima gara della stagione, e la partita si gioca a Lecce."),
        ("pt", "O Porto recebe o jogo e o Rio também; marcou o golo."),
        ("ro", "MAI MULT DECÂT ATÂT\nPloaia vine mâine."),
        ("he", "בית הכנסת הישן נפתח אתמול."),
        ("zh", "公安部门和教育部门已介入，国防部长没有回应。"),
        ("ja", "消防庁舎の前に集まった。東京消防庁が調べた。"),
    ],
)
def test_no_person_country_or_common_word_is_a_body(language: str, text: str) -> None:
    """However a kind of company stands before it."""
    assert found(language, text).organisations == ()


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "La presidenta del QVE pidió ayer más tiempo.", "QVE"),
        ("pl", "Ustąpił z funkcji prezesa WQT w maju.", "WQT"),
        ("fr", "Le syndicat QVT appelle à la grève.", "QVT"),
        ("nl", "Dat zei QVB-bestuurder gisteren.", "QVB"),
        ("en", "Nobody at QVL could be reached. A strike was called by the union QVL.", "QVL"),
    ],
)
def test_letters_are_a_body_by_what_stands_beside_them(language: str, text: str, name: str) -> None:
    """An office or a kind of body; then all their mentions count."""
    assert [one.name for one in found(language, text).organisations] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The word QVL was painted on the wall.",
        "The New York Stock Exchange and HVDC specialists met.",
        "The CEO left. The next CEO starts in May.",
        "Robotic process automation (RPA) is old. Few firms use RPA today.",
        "Most files are JSON. The tool reads JSON and the lawyers read the DMCA. The DMCA is long.",
        "PERTH - The mill closed. PERTH - The shop opened.",
        "The fund (NYSE: QVL) fell. Buyers of (NYSE: QVL) lost.",
    ],
)
def test_letters_that_nothing_explains_are_no_body(text: str) -> None:
    """However often they stand there: formats, laws, what the text spells out, towns in capitals, tickers."""
    assert {one.name for one in found("en", text).organisations} <= {"New York Stock Exchange"}


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Beijing said that China limited exports of gallium.", "China"),
        ("ru", "Польский суд отказал.", ""),
        ("ko", "반도체산업 성장이 이어졌고 개인방송 논란이 있었다.", ""),
        ("de", "Die Kanzler-Tochter kam, und seine Adoptiv-Tochter auch.", ""),
    ],
)
def test_a_country_a_trade_and_a_daughter_are_no_bodies(language: str, text: str, place: str) -> None:
    """Though a verb is written as a legal form, an adjective leads a court, or a word ends as a company's name does."""
    facts = found(language, text)
    assert facts.organisations == ()
    assert place in ["", *(one.name for one in facts.places)]


def test_a_joint_ends_no_word_before_its_last_letter() -> None:
    """``Higiene y Medicina`` goes on with a capital: what follows the joint is left out, not cut."""
    names = [
        one.name for one in found("es", "Lo dice la Escuela de Higiene y Medicina Tropical de Lima.").organisations
    ]
    assert names and not names[0].endswith("Medicin")


def test_a_party_called_by_a_common_word_counts_where_no_sentence_begins() -> None:
    """And then at the beginning of another sentence, too."""
    assert found("nb", "Venstre side av veien er stengt.").organisations == ()
    assert [one.mentions for one in found("nb", "Venstre sier nei. Forslaget fra Venstre falt.").organisations] == [2]


def test_a_court_leaves_its_town_a_place() -> None:
    """As editors mark it, also a court that everybody knows."""
    assert [one.name for one in found("fi", "Miehen tuomitsi Helsingin käräjäoikeus.").places] == ["Helsinki"]
    assert [one.name for one in found("sv", "Uddevalla tingsrätt friade mannen.").places] == ["Uddevalla"]
    assert [one.name for one in found("de", "Das Landgericht Kassel hat den Mann verurteilt.").places] == ["Kassel"]
    assert [one.name for one in found("es", "Declaró ante la Audiencia Provincial de Soria.").places] == ["Soria"]
    assert [one.name for one in found("it", "Ha deciso la Corte d'appello di Bologna.").places] == ["Bologna"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Lo dijo el Tribunal de Justicia de la Unión Europea."),
        ("es", "El Tribunal de Cuentas publicó su informe."),
        ("fr", "La Cour de Justice a tranché."),
        ("de", "Die Feuerwehr Mitte rückte aus."),
    ],
)
def test_not_every_word_behind_a_court_is_its_town(language: str, text: str) -> None:
    """A matter, a union, a common word."""
    assert found(language, text).places == ()


def test_letters_count_in_their_own_language() -> None:
    """PL is a party in Portuguese and a country's code elsewhere."""
    text = "Jane Roe (PL) falou ontem na rádio."
    assert [one.name for one in found("pt", text).organisations] == ["PL"]
    assert found("en", text).organisations == ()


def test_an_office_in_letters_makes_no_person_of_the_company_after_it() -> None:
    """``de`` says whose the office is, unless a known surname follows."""
    assert found("es", "Ayer calló el CEO de Velatron.").people == ()


def test_what_stands_before_a_company_in_german_is_no_title() -> None:
    """Nor any part of its name."""
    facts_of = found("de", "Das kaufte der Zahlungsdienstleister Corvid Holding.")
    assert [one.name for one in facts_of.organisations] == ["Corvid Holding"]
    assert facts_of.people == ()
