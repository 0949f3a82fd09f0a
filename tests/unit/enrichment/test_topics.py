from __future__ import annotations

import pytest

from dateline_enrichment.analyse import facts
from dateline_enrichment.counts import token_line
from dateline_enrichment.keywords import spotter, topic_words
from dateline_enrichment.vocabulary import vocabulary
from dateline_schemas.credit import Credit
from dateline_schemas.facts import Topic
from dateline_schemas.story import Story, Subject


def topics(
    text: str = "", language: str = "en", headline: str = "", subjects: tuple[Subject, ...] = ()
) -> tuple[Topic, ...]:
    """Topics of a story."""
    return facts(
        Story(guid="x", language=language, headline=headline, paragraphs=(text,), subjects=subjects), Credit()
    ).topics


@pytest.mark.parametrize(
    ("scheme", "code"),
    [("medtop", "20000587"), ("", "medtop:20000587"), ("http://cv.iptc.org/newscodes/mediatopic/", "20000587")],
)
def test_a_stated_media_topic_stands(scheme: str, code: str) -> None:
    """However a message spells the vocabulary, its Media Topic comes first, with the path above it."""
    found = topics(subjects=(Subject(scheme=scheme, code=code),))
    assert [(topic.code, topic.method, topic.path) for topic in found] == [
        ("20000587", "stated", ("14000000", "20000587"))
    ]


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("subj", "04000000", "04000000"),
        ("subj", "04016007", ""),
        ("sttsubj", "15031000", ""),
        ("subj", "15039001", "20000991"),
        ("iptc-subject-code", "11003000", ""),
    ],
)
def test_an_old_subject_code_is_mapped(scheme: str, code: str, expected: str) -> None:
    """Subject Codes lead to the topics that IPTC maps them to, or to what their parents map to."""
    found = topics(subjects=(Subject(scheme=scheme, code=code),))
    assert [topic.method for topic in found] == ["mapped"]
    assert expected in ("", found[0].code)


def test_a_topic_that_a_finer_one_implies_is_left_out() -> None:
    """Football and sport together are football, whose path says sport."""
    found = topics(subjects=(Subject(scheme="subj", code="15000000"), Subject(scheme="medtop", code="20001065")))
    assert [topic.code for topic in found] == ["20001065"]
    assert found[0].path[0] == "15000000"


@pytest.mark.parametrize("code", ["abc", "99999999", "20999999", ""])
def test_an_unknown_code_is_no_topic(code: str) -> None:
    """A code of another vocabulary says nothing."""
    assert topics(subjects=(Subject(scheme="wxyz", code=code or "-"),)) == ()


@pytest.mark.parametrize(
    ("language", "text", "root"),
    [
        (
            "en",
            "The striker scored a penalty in the final minute as the team won the match and the championship.",
            "15000000",
        ),
        (
            "en",
            "An earthquake of magnitude 6.8 killed nine people; rescuers searched for survivors under rubble.",
            "03000000",
        ),
        ("en", "Inflation rose and the central bank raised interest rates, economists said; stocks fell.", "04000000"),
        ("fr", "Le procès s'est ouvert devant le tribunal; le procureur a requis dix ans de prison ferme.", "02000000"),
        ("de", "Der Bundestag stimmte ab, die Koalition aus SPD und Grünen verlor; der Kanzler sprach.", "11000000"),
        (
            "es",
            "El terremoto dejó cuatro muertos; los bomberos y los equipos de rescate buscan damnificados.",
            "03000000",
        ),
        ("pt", "Os bombeiros combatem os incêndios florestais; as cheias fizeram desalojados.", "03000000"),
        ("ar", "قصفت طائرات الجيش مواقع المتمردين وقتل جنود في غارات ومعارك قرب الحدود", "16000000"),
        ("sw", "Timu ilifunga mabao mawili katika mechi ya ligi kuu; kocha alisifu wachezaji.", "15000000"),
        ("ru", "Суд приговорил обвиняемого к десяти годам колонии; прокурор и адвокат подали апелляцию.", "02000000"),
        ("ja", "震度6弱の地震があり、津波警報が出た。被災地で救助が続いている。", "03000000"),
        ("zh", "央行宣布降息，经济学家预计通胀回落，股市上涨。", "04000000"),
        (
            "fi",
            "Eduskuntavaalit pidetään huhtikuussa; puolueiden ehdokkaat ja ministeri väittelivät äänestyksestä.",
            "11000000",
        ),
        ("sv", "Allsvenskan: anfallaren gjorde mål i matchen och tränaren jublade över segern i finalen.", "15000000"),
    ],
)
def test_the_words_tell_the_topic(language: str, text: str, root: str) -> None:
    """Without a stated topic the vocabulary of the desk shows it, in the story's own language."""
    found = topics(text, language)
    assert found
    assert found[0].path[0] == root
    assert {topic.method for topic in found} == {"keywords"}


def test_a_topic_is_the_surer_the_more_tells_it() -> None:
    """More words of it, and fewer of another one; what the words tell is never as sure as what a provider states."""
    [little] = topics("The football club won the match.")
    [more] = topics("The football club won the match. The striker scored a goal.")
    assert 0.4 < little.confidence < more.confidence <= 0.9
    [mixed] = topics("The football club won the match. The striker scored a goal. The court sentenced him to prison.")
    assert mixed.path[0] == more.path[0] == "15000000"
    assert mixed.confidence < more.confidence


def test_a_long_text_needs_more_words_of_a_topic() -> None:
    """A word or two that a thousand others stand beside tell nothing."""
    assert topics("The football club won the match.")
    assert not topics("The football club won the match." + " He went home and nobody said a word." * 300)


@pytest.mark.parametrize("text", ["", "He went home.", "It was a fine morning and nobody said a word."])
def test_no_topic_rather_than_a_wrong_one(text: str) -> None:
    """A text that tells nothing has no topic."""
    assert topics(text) == ()


def test_there_are_six_topics_at_most() -> None:
    """However many codes a message lists, an outlet reads six."""
    codes = [topic.code for topic in vocabulary().topics if topic.parent == "15000000"]
    assert len(topics(subjects=tuple(Subject(scheme="medtop", code=code) for code in codes))) == 6


def test_every_kept_keyword_belongs_to_a_live_topic_of_level_one_or_two() -> None:
    """The editors' table names no topic that IPTC has not, and none too deep to be told by words."""
    table = vocabulary()
    codes = {code for words in topic_words().values() for code in words}
    assert all(code in table and len(table.path(code)) <= 2 for code in codes)


def kept_words() -> list[str]:
    """Every word of the table, with its stars."""
    return [
        word.strip().rstrip("!")
        for lines in topic_words().values()
        for line in lines.values()
        for word in line.split(",")
    ]


def test_a_keyword_has_its_stars_at_its_ends() -> None:
    """``word*`` matches beginnings and ``*word`` ends; a star anywhere else would match nothing."""
    assert [word for word in kept_words() if "*" in word[1:-1] or not word.strip("*")] == []


def test_a_keyword_has_no_hyphen_at_its_ends() -> None:
    """A hyphen parts words, so that ``eu-*`` would match every word that begins with eu."""
    assert [word for word in kept_words() if word.strip("*").strip("-") != word.strip("*")] == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Am Wochenende ist Landtagswahl.", True),
        ("de", "Die Stadtwerke prüfen eine Netzübernahme.", True),
        ("de", "Er hat sich ernsthaft bemüht.", False),
        ("de", "Die Auswahl war klein.", False),
        ("ro", "E foarte important.", False),
        ("hi", "चार लोग आए।", False),
        ("hi", "चोरी हुई।", True),
    ],
)
def test_a_word_within_a_word_is_found_where_the_table_says_so(language: str, text: str, found: bool) -> None:
    """Compounds tell by their parts; endings that make adjectives, and vowel signs, tell nothing."""
    words = spotter(language)
    assert words is not None
    kept = [words.told[at] for at in words.find(text, token_line(text))]
    assert any(told.weight >= 1.0 for of_word in kept for told in of_word) is found


def test_tags_of_one_language_share_its_words() -> None:
    """A language's words are read once, whatever script or region a provider adds to its tag."""
    assert spotter("en-GB") is spotter("en")
    assert spotter("nn-NO") is spotter("no")


@pytest.mark.parametrize(
    ("language", "text", "root"),
    [
        ("ha", "Likitoci sun fara yajin aiki a asibiti saboda cutar kwalara.", "07000000"),
        ("ro", "Poliția a reținut doi suspecți după furt, au anunțat procurorii.", "02000000"),
        ("ro", "Politia a retinut doi suspecti dupa furt, au anuntat procurorii.", "02000000"),
    ],
)
def test_words_tell_in_hausa_and_in_romanian_without_accents(language: str, text: str, root: str) -> None:
    """Romanian is often written without its accents."""
    assert root in {topic.path[0] for topic in topics(text, language)}


def test_the_words_of_every_language_are_made_ready_once() -> None:
    """However many languages a desk hears, none drives another one out; ``xx`` is none of ours."""
    tags = [*topic_words(), *("xx", "tlh")]
    first = [spotter(tag) for tag in tags]
    assert all(spotter(tag) is made for tag, made in zip(tags, first, strict=True))


@pytest.mark.parametrize(
    ("language", "text", "root"),
    [
        (
            "cs",
            "Společnost Velatron otevře továrnu za dvě miliardy korun. Investici firma oznámila v pondělí.",
            "04000000",
        ),
        ("pl", "Velatron pokonał w sobotę Corvid 3:1. Dwie bramki zdobył kapitan, chwalił go trener.", "15000000"),
        ("it", "Velatron battuto 2-1 con una doppietta nel finale, contento l'allenatore.", "15000000"),
        ("en", "The Tarl burst its banks and left two hamlets cut off without supplies.", "03000000"),
        ("de", "Die Tarl trat über die Ufer. Ihr Wasser überspülte die Straße, der Ort ist abgeschnitten.", "03000000"),
        ("es", "La crecida del Tarl dejó dos aldeas incomunicadas y sin suministros.", "03000000"),
        ("pl", "Tarla wystąpiła z brzegów, dwie wsie są odcięte i bez zaopatrzenia.", "03000000"),
        ("ru", "Река Тарла вышла из берегов, затопило дорогу, село отрезано.", "03000000"),
        ("tr", "Tarla Deresi taştı, yol sular altında, köylüler mahsur kaldı.", "03000000"),
    ],
)
def test_short_copy_tells_its_topic_too(language: str, text: str, root: str) -> None:
    """A new plant, a match, a road under water, in two sentences."""
    assert [topic.path[0] for topic in topics(text, language)] == [root]


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("cs", "Levné boty zaplavily trh", "Trh zaplavily levné boty. Obchody zaplavily i hračky."),
        ("ru", "Дешевые сапоги затопили рынок", "Дешевые сапоги затопили рынок. Цены упали."),
        ("uk", "Дешеві чоботи затопили ринок", "Дешеві чоботи затопили ринок. Ціни впали."),
        ("ro", "Furia s-a revărsat în stradă", "Mii de oameni s-au revărsat în piață. Furia s-a revărsat și seara."),
        ("nl", "Huizenbezitters onder water", "Een op tien huizen staat onder water, zegt de bank."),
    ],
)
def test_a_market_is_flooded_without_a_disaster(language: str, headline: str, text: str) -> None:
    """Words that are said of goods and crowds as well do not tell by themselves."""
    assert "03000000" not in [topic.path[0] for topic in topics(text, language, headline=headline)]


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("cs", "Ves zaplavila voda z Tarly", "Řeka zaplavila ves. Zatopené jsou i sklepy."),
        ("ru", "Села у Тарлы затоплены", "Река затопила села. Затоплено сто домов."),
        ("uk", "Села біля Тарли затоплено", "Річка затопила села. Затоплено сто будинків."),
        ("ro", "Râul s-a revărsat peste sate", "Apele Tarlei s-au revărsat peste case în trei sate."),
    ],
)
def test_a_river_floods_villages(language: str, headline: str, text: str) -> None:
    """The forms that are said of water tell it."""
    assert [topic.path[0] for topic in topics(text, language, headline=headline)] == ["03000000"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Rising water bills left families stranded with debt. The firm cut off homes."),
        ("en", "The envoy cut off talks, and passengers were stranded by a strike."),
        ("it", "È un caso isolato: il dibattito è uscito dagli argini, ha detto il ministro."),
        ("pt", "É um caso isolado, disse o treinador."),
        ("sv", "Känslorna svämmade över när sångaren visade skulpturer under vatten."),
        ("tr", "Taraftarın sabrı taştı, teknik direktör istifa etti."),
        ("ru", "Он отрезан от рынка, сказал банкир."),
        ("de", "Der Stürmer war von seinen Mitspielern abgeschnitten."),
    ],
)
def test_not_everything_that_is_cut_off_or_overflows_is_a_flood(language: str, text: str) -> None:
    """Bills, talks, feelings and patience."""
    assert "03000000" not in {topic.path[0] for topic in topics(text, language)}
