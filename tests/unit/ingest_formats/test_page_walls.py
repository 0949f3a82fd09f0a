"""Pages that stand where a story should: refused by name, or read and flagged where they are the beginning of one."""

from __future__ import annotations

import pytest

from dateline_ingest.formats import Unparseable, parse
from dateline_schemas.story import Story


def read(page: str) -> Story:
    """The story of a page."""
    return parse(page.encode(), hint="text/html", url="https://port.example/ferry").stories[0]


def page(title: str, body: str, head: str = "") -> str:
    """A page with its title."""
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


HUMAN = "a check that its reader is human"
LOGIN = "a log-in page"
CONSENT = "a wall that asks for consent"
MISSING = "a notice that there is no such page"
ERROR = "an error page of a server"
FORM = "<form><input name='user'><input type='password'></form><p>Members have their own boats, and pay less.</p>"
WALLS = [
    (LOGIN, "Create an account", f"<h1>Create an account</h1>{FORM}"),
    (
        LOGIN,
        "Bli medlem | Kustposten",
        f"<h1>Bli medlem</h1>{FORM}<p>{'Så fungerar vår förening vid kusten. ' * 9}</p>",
    ),
    (LOGIN, "Passwort vergessen", f"<h1>Passwort vergessen?</h1>{FORM}"),
    (HUMAN, "Just a moment...", "<h1>port.example</h1><p>Verify you are human by completing the action below.</p>"),
    (HUMAN, "Access Denied", "<h1>Access Denied</h1><p>You don't have permission to access this on this server.</p>"),
    (HUMAN, "Küstenbote", "<h1>Sicherheitsabfrage</h1><p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>"),
    (HUMAN, "Вы не робот?", "<h1>Доступ ограничен</h1><p>Подтвердите, что вы не робот, чтобы читать дальше.</p>"),
    (HUMAN, "安全验证", "<h2>请完成安全验证</h2><p>您的访问过于频繁，请完成验证后继续访问本站。</p>"),
    (HUMAN, "Rate limited | port.example | Shield", "<h1>1027</h1><p>The site has reached its plan limits today.</p>"),
    (HUMAN, "Security Checkpoint", "<p>We are verifying your browser, which takes a few seconds only.</p>"),
    (LOGIN, "Подтверждение пароля", "<h1>Подтверждение пароля</h1><p>Подтвердите свой пароль, чтобы читать.</p>"),
    (LOGIN, "Sign in to Port Post", "<h1>Sign in</h1><p>Use your account to read. Forgot your password?</p>"),
    (LOGIN, "El Muelle", "<h1>Iniciar sesión</h1><p>Introduce tu correo y tu contraseña para leer el diario.</p>"),
    (LOGIN, "ログイン｜港新報", "<h1>ログイン</h1><p>メールアドレスとパスワードを入力してください。</p>"),
    (LOGIN, "Giriş yap - Liman", "<h1>Giriş yap</h1><p>Şifrenizi unuttuysanız yeni bir tane isteyebilirsiniz.</p>"),
    (
        CONSENT,
        "Before you continue",
        "<h1>Before you continue</h1><p>We and our partners use cookies and your personal data to show you ads.</p>",
    ),
    (
        CONSENT,
        "Le Quai",
        "<h1>Le Quai</h1><p>Avec votre accord, nos partenaires et nous utilisons des cookies sur votre appareil.</p>",
    ),
    (
        CONSENT,
        "Küstenbote",
        "<h1>Weiter mit Werbung lesen</h1><p>Wir und unsere Partner nutzen Cookies, wenn Sie Ihre Zustimmung geben</p>",
    ),
    (MISSING, "Page not found - Port Post", "<h1>404</h1><p>The page you look for has moved or no longer exists.</p>"),
    (MISSING, "Fehler", "<h1>Diese Seite wurde leider nicht gefunden</h1><p>Bitte nutzen Sie unsere Suche oben.</p>"),
    (MISSING, "Cais", "<h1>Página não encontrada</h1><p>A página que você procura mudou de endereço ou saiu.</p>"),
    (MISSING, "صدى", "<h1>الصفحة غير موجودة</h1><p>ربما تم نقل الصفحة التي تبحث عنها أو حذفها من الموقع.</p>"),
    (MISSING, "알림", "<h1>요청하신 페이지를 찾을 수 없습니다</h1><p>주소가 변경되었거나 페이지가 삭제되었습니다.</p>"),
    (MISSING, "Kabar", "<h1>Halaman tidak ditemukan</h1><p>Halaman yang Anda cari sudah dihapus dari situs ini.</p>"),
    (ERROR, "502 Bad Gateway", "<h1>502 Bad Gateway</h1><hr><p>nginx</p>"),
    (ERROR, "Technische Pause", "<h1>Wartungsarbeiten</h1><p>Bitte versuchen Sie es in Kürze noch einmal.</p>"),
    (
        "a notice that the page may not be read from here",
        "Port Post",
        "<h1>Unavailable due to legal reasons</h1><p>This content is not available in your region at this time.</p>",
    ),
]


@pytest.mark.parametrize(("name", "title", "body"), WALLS, ids=lambda value: value[:24])
def test_a_page_that_stands_in_the_way_of_a_story_is_refused_by_its_name(name: str, title: str, body: str) -> None:
    """What is said of it tells what to do; nothing of it is released as news."""
    with pytest.raises(Unparseable, match=name):
        read(page(title, body))


def test_such_a_page_in_the_frame_of_an_article_is_refused_too() -> None:
    """Sites set a date beside all that they show; then all of the text must say what it is."""
    dated = '<meta property="article:published_time" content="2026-03-26T10:00:00Z">'
    with pytest.raises(Unparseable, match=MISSING):
        read(page("Page not found", "<h1>Page not found</h1><p>This article was removed or has moved.</p>", dated))


PROSE = (
    "<p>The town library will ask nobody any more to prove that he is no machine, its head said on Thursday.</p>"
    "<p>A puzzle of traffic lights had stood before its catalogue since the autumn, and many had complained.</p>"
    "<p>From Monday on, a card and a number do. Members keep their old password, and nobody needs a new one.</p>"
)
LOGIN_BOX = "<div class='login-box'><h2>Log in</h2><form><input><input type='password'></form></div>"
SIGNING = "Whoever forgot your password list at the pier may sign in with a pencil, the office says in a long notice."


@pytest.mark.parametrize(
    ("headline", "prose"),
    [
        ("Are you a robot? Library drops its puzzle", PROSE),
        ("Page not found: how a village lost its website", PROSE),
        ("Access denied", PROSE * 3),
        ("Fire at the pier", "<p>A fire broke out at the old pier on Thursday, the police said. Nobody was hurt.</p>"),
        (
            "Maker of cookie banners is fined",
            "<p>A maker of cookie banners must pay for asking for consent until people gave in, a regulator said.</p>"
            "<p>Partners of the firm had used personal data for advertising, although people had refused it.</p>",
        ),
        ("Login", f'<div class="modal"><input type="password"></div>{PROSE * 3}'),
        ("Registration for the spring fair opens on Monday", PROSE + LOGIN_BOX),
        ("Ingresa a prisión el alcalde", PROSE + LOGIN_BOX),
        ("パスワード再設定を装う詐欺に注意", PROSE + LOGIN_BOX),
        ("Ferry office tells its readers how to row", f"<p>{SIGNING}</p>{LOGIN_BOX}{PROSE}"),
    ],
)
def test_a_story_about_such_pages_is_a_story(headline: str, prose: str) -> None:
    """Its text tells, and it says more."""
    found = read(page(f"{headline} - Port Post", f"<main><h1>{headline}</h1>{prose}</main>"))
    assert found.headline == headline
    assert found.signals == ()


LEAD = "<p>The harbour council closed the old ferry line on Monday, after a vote of nine to four that few expected.</p>"


@pytest.mark.parametrize(
    "rest",
    [
        "<div><h3>Subscribe to continue reading</h3><p>Unlimited access for one dollar.</p></div>",
        "<div><p>La suite de cet article est réservée aux abonnés.</p></div>",
        "<div><h3>Weiterlesen mit Küstenbote Plus</h3></div>",
        "<div><p>Para seguir leyendo, suscríbete.</p></div>",
        "<div><p>この記事は有料記事です。残り812文字</p></div>",
    ],
)
def test_the_beginning_of_a_story_that_is_sold_is_flagged(rest: str) -> None:
    """Its headline and lead are news, but whoever uses it must know that they are not all."""
    found = read(page("Council closes ferry line", f"<main><h1>Council closes ferry line</h1>{LEAD}{rest}</main>"))
    assert found.signals == ("paywall",)
    assert len(found.paragraphs) == 1


def test_a_lead_whose_page_says_that_its_article_is_not_free_is_flagged() -> None:
    """schema.org's ``isAccessibleForFree``."""
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Council closes ferry line",'
        '"datePublished":"2026-03-26T10:00:00Z","isAccessibleForFree":%s}</script>'
    )
    body = f"<main><h1>Council closes ferry line</h1>{LEAD}</main>"
    for said in ("false", '"False"', '"http://schema.org/False"'):
        assert read(page("Ferry line", body, head % said)).signals == ("paywall",)
    assert read(page("Ferry line", body, head % "true")).signals == ()


def test_a_whole_text_is_whole_though_the_page_says_that_it_is_not_free() -> None:
    """A subscriber's feed has such pages."""
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,"name":"x"}</script>'
    assert read(page("Ferry line", f"<main><h1>Ferry line closes</h1>{LEAD * 10}</main>", head)).signals == ()
