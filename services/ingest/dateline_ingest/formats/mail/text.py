"""The story in a mail's text: the forwarded mail, without signature, quoted mail and legal notice."""

from __future__ import annotations

import re

from msgspec import Struct, structs

from dateline_ingest.formats.mail.table import mail_marks

_SIGNATURE = 15
"""Lines that a signature may have."""
_NOTE = 40
"""Most words of a note above a forwarded mail; with more above it, the forwarded mail is one that was answered."""
_HEADERS = 16
"""Lines that the headers of a forwarded mail may take."""
_TIMES = 8
"""Most times that a mail may have been forwarded."""
_BROKEN = 2
"""Most line breaks in the words that introduce an answered mail."""
_DATED = re.compile(r"\d[\s\S]{0,80}(?:@|\b\d{1,2}[:.h]\d\d\b)")
"""What such words have where nothing tells what follows from the text: a day, and an address or a time."""
_PICTURE = re.compile(r"\[(?:image|cid|bild|inline image)[^\]\n]{0,200}\]", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<=\S)\s?<(?:https?://|mailto:)[^<>\s]{1,2000}>")
_SIGNED, _SIGNATURE_BEGINS, _SIGNATURE_ENDS = (
    f"-----{what}-----" for what in ("BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE")
)
_ARMOUR = re.compile(r"\s*(?:(?:Hash|Charset|Comment|Version): [^\n]*\n)*\n*")
"""Headers under the line that begins the armour."""
_ESCAPED = re.compile(r"^- ", re.MULTILINE)
_RULE = re.compile(r"[_\-=*]{8,}")


class MailText(Struct, frozen=True):
    """The text, and what the headers of a forwarded mail said."""

    text: str
    sender: str = ""
    date: str = ""
    subject: str = ""
    note: str = ""
    """What the person who forwarded it wrote above it."""
    answers: bool = False
    """Whether another mail in it or below it was left out."""
    quoted: tuple[str, ...] = ()
    """The lines of that mail."""


def prefixless(subject: str) -> str:
    """The subject without Re:, Fwd: and the like."""
    prefix = mail_marks().prefix
    for _ in range(10):
        found = prefix.match(subject)
        if not found or found.end() == len(subject):
            break
        subject = subject[found.end() :]
    return subject.strip()


def is_answer(subject: str) -> bool:
    """Whether a subject says that the mail answers another one: ``Re:``, before any ``Fwd:``."""
    return mail_marks().answer.match(subject) is not None


def story_text(text: str, subject: str = "") -> MailText:
    """A mail's text without all that stands around the story; ``subject`` shows whether it is an answer."""
    lines = _PICTURE.sub("", _ADDRESS.sub("", _unarmoured(text))).split("\n")
    found = _forwarded(lines, answers=is_answer(subject))
    above = found.text.split("\n")
    lines = _without_quotes(above)
    quoted = found.quoted or _left_out(above, lines)
    text = _without_notice("\n".join(_without_signature(lines))).strip("\n")
    return structs.replace(found, text=text, answers=found.answers or len(lines) < len(above), quoted=quoted)


def _unarmoured(text: str) -> str:
    """A text signed with OpenPGP without its armour and its signature (RFC 9580, section 7); others as they are."""
    if _SIGNED not in text:
        return text
    before, _, rest = text.partition(_SIGNED)
    said, _, after = _ARMOUR.sub("", rest, count=1).partition(_SIGNATURE_BEGINS)
    return f"{before}{_ESCAPED.sub('', said)}{after.partition(_SIGNATURE_ENDS)[2]}"


def _forwarded(lines: list[str], times: int = _TIMES, *, answers: bool = False) -> MailText:
    """The forwarded mail, if only a note stands above it; else what stands above it."""
    at = _begins_forwarded(lines) if times else None
    if at is None:
        return MailText("\n".join(lines))
    start, body, headers = at
    note = sum(len(line.split()) for line in lines[:start])
    if note > _NOTE or (answers and note):
        return MailText("\n".join(lines[:start]), answers=True, quoted=_left_out(lines, lines[:start]))
    inner = _forwarded([_unquoted(line) for line in lines[body:]], times - 1)
    return structs.replace(
        inner,
        sender=inner.sender or headers.get("from", ""),
        date=inner.date or headers.get("date", ""),
        subject=inner.subject or headers.get("subject", ""),
        note="\n".join(filter(None, (*map(str.strip, lines[:start]), inner.note))),
    )


def _begins_forwarded(lines: list[str]) -> tuple[int, int, dict[str, str]] | None:
    """(line at which a forwarded mail begins, line of its text, its headers)."""
    at = 0
    while at < len(lines):
        bare = _unquoted(lines[at]).strip()
        marked = bool(bare) and mail_marks().forwarded.match(bare) is not None
        if marked or (bare and mail_marks().header.match(bare)):
            headers, end = _headers(lines, at + 1 if marked else at)
            if marked or ("from" in headers and len(headers) >= 3):
                return at, end, headers
            at = max(at, end - 1)
        at += 1
    return None


def _headers(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    last = min(len(lines), at + _HEADERS)
    while at < last and not lines[at].strip():
        at += 1
    while at < last and (match := mail_marks().header.match(_unquoted(lines[at]).strip())):
        name = next(name for name, value in match.groupdict().items() if value and name != "value")
        found.setdefault(name.removeprefix("is_"), match["value"].strip())
        at += 1
    return found, at


def _unquoted(line: str) -> str:
    return re.sub(r"^(?:>\s?)+", "", line)


def _without_quotes(lines: list[str]) -> list[str]:
    """The lines without the mail that is answered; a mail that is all quotation is unquoted."""
    own = [at for at, line in enumerate(lines) if line.strip() and not line.startswith(">")]
    for at in own:
        opened = _opener(lines, at)
        if not opened:
            continue
        if opened > own[-1] and at != own[0]:
            return lines[:at]
        if next((line for line in lines[opened:] if line.strip()), "").startswith(">"):
            lines = lines[:at] + lines[opened:]  # what was written stands below what it answers
            break
        if at != own[0] and _DATED.search(" ".join(lines[at:opened])):
            return lines[:at]
    said = [line for line in lines if line.strip()]
    quoted = sum(line.startswith(">") for line in said)
    if not quoted:
        return lines
    if quoted == len(said):
        return [_unquoted(line) for line in lines]
    return [line for line in lines if not line.startswith(">")]


def _left_out(lines: list[str], kept: list[str]) -> tuple[str, ...]:
    """The lines that are not kept, without the signs that quote them."""
    own = set(kept)
    return tuple(said for line in lines if line not in own and (said := _unquoted(line).strip(" \t#")))


def _opener(lines: list[str], at: int) -> int:
    """Line behind the words that introduce an answered mail (``On 30 March Jo wrote:``); 0 if they are not at ``at``.

    Mail programs break these words if they are long.
    """
    for end in range(at + 1, min(at + 1 + _BROKEN, len(lines)) + 1):
        if not lines[end - 1].rstrip().endswith(":"):
            continue
        if mail_marks().quoted.match(" ".join(line.strip() for line in lines[at:end])):
            return end
    return 0


def _without_signature(lines: list[str]) -> list[str]:
    """Up to the last line of two dashes (RFC 3676 section 4.3), if no more follows than a signature has."""
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].rstrip() == "--" and any(line.strip() for line in lines[:at]):
            after = [line for line in lines[at + 1 :] if line.strip()]
            notice = any(mail_marks().notice.match(line.strip(" *_")) for line in after)
            return lines[:at] if len(after) <= _SIGNATURE or notice else lines
    return lines


def _without_notice(text: str) -> str:
    """Without the legal notice and what follows it, and the rule above it."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    kept: list[str] = []
    for at, paragraph in enumerate(paragraphs):
        said = " ".join(paragraph.split()).lstrip("*_- ")
        if at and mail_marks().notice.match(said[:600]):
            break
        kept.append(paragraph)
    while len(kept) > 1 and _RULE.fullmatch(kept[-1].strip()):
        kept.pop()
    return "\n\n".join(kept)
