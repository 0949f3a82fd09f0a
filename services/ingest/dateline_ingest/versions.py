"""What a version that came in is to its story: current, a repeat, late or disputed. Pure."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

from dateline_ingest.formats.linkedtext import text_link
from dateline_ingest.history import Seen, Versions
from dateline_ingest.instants import rfc3339
from dateline_ingest.ordering import compare, is_number, sign
from dateline_ingest.say import Say
from dateline_ingest.takes import fits, of_one_lead
from dateline_schemas.events import Standing
from dateline_schemas.story import Story

WITHHELD = "withheld"
"""Flag of a version that no outlet gets."""

_encoder = msgspec.json.Encoder()


class Verdict(Struct, frozen=True):
    """What to make of a story version that came in."""

    version: str
    ordinal: int
    standing: Standing
    repeats: Seen | None = None
    """The earlier arrival that says the same; nothing is appended then."""
    older: bool = False
    """Whether it was made, or came, before the version that has been current so far. If it is withheld, it holds the
    story back from now on but takes back nothing that outlets have.
    """


def judge(
    versions: Versions,
    story: Story,
    content: str,
    *,
    sources: tuple[str, ...] = (),
    say: Say = "some",
    rebuilt: bool = False,
    overtaken: bool = False,
) -> Verdict:
    """Decide what a version is, given the versions of its story. The first of these rules that applies counts:

    - the story has no version yet: current;
    - the same content came before under the same version (a take: under the same lead): a repeat. What only a
      feed without a say sent is not repeated by others. If the format is ``rebuilt``, a new date alone is one, too;
    - the same bytes, or the same entry of a web feed, came before, and are read otherwise now, as after an upgrade: a
      repeat, unless they are a kill, or hold the current version back, which was not seen then;
    - its feed has no say: disputed;
    - it states no version: late if it was made before the current one, or if it was ``overtaken`` and the times do not
      say that it is newer; but current if it kills the story or holds it back, or its feed has the first say. Else
      current;
    - its feed has the first say: current;
    - it states the current version, and kills the story, holds it back, or brings a text that was only linked to:
      current, since providers do not give these a new number;
    - it is a take that belongs to the current version: current;
    - it is newer than the current version: current; the same version: disputed; older: late.

    ``sources``: digests of its entry in a web feed, and of its message if this tells of the story once; empty for none.
    ``say``: what say its feed has in the story.
    ``rebuilt``: servers generate this format for each request.
    ``overtaken``: it came before the current version, was refused, and is tried again.
    """
    current, whole, following = versions.current, versions.story, versions.ordinal + 1
    if current is None or whole is None:
        return Verdict(story.version or "1", following, "current")
    same = _repeated(versions, story, content, say)
    if same is None and rebuilt and _redated(current, story, content):
        same = current
    if same is None:
        same = _read_otherwise(versions, whole, story, versions.came_as(sources), say)
    if same is not None:
        return Verdict(same.version, 0, same.standing, repeats=same)
    if say == "none":
        return Verdict(story.version or current.version, 0, "disputed")
    if not story.version:
        made = _made(story, current)
        older = made == -1 or (overtaken and made != 1)
        if older and say != "first" and not _tightens(whole, story):
            return Verdict(rfc3339(story.version_created) or current.version, 0, "late")
        return Verdict(_unstated(story, current, following), following, "current", older=older)
    if say == "first" or _kills(current, story) or _holds(whole, current, story) or _completes(whole, story):
        return Verdict(story.version, following, "current", older=overtaken)
    order = _order(story, current, overtaken)
    if goes_on(versions, story):
        return Verdict(current.version if order < 0 else story.version, following, "current")
    if order > 0:
        return Verdict(story.version, following, "current")
    return Verdict(story.version, 0, "disputed" if order == 0 else "late")


def _repeated(versions: Versions, story: Story, content: str, say: Say) -> Seen | None:
    """The earlier arrival that says the same, under the same version or, for a take, under the same lead."""
    in_takes = bool(story.take) or len(versions.parts) > 1
    for seen in versions.said.get(content, ()):
        if seen.stranger and say != "none":
            continue
        if not story.version and not _says_again(versions, story, seen):
            return seen
        if story.version and compare(story.version, seen.version) == 0:
            return seen
        if in_takes and seen.standing == "current" and of_one_lead(story.version, seen.version):
            return seen
    return None


def _read_otherwise(versions: Versions, whole: Story, story: Story, sent: tuple[Seen, ...], say: Say) -> Seen | None:
    """The earlier arrival of the same bytes among ``sent``, whatever was read from them then."""
    for seen in sent:
        unseen = story.pubstatus == "canceled" and not seen.canceled
        if unseen or (seen is versions.current and _tightens(whole, story)) or (seen.stranger and say != "none"):
            continue
        if not story.version:
            same = not _says_again(versions, story, seen)
        else:
            same = len(sent) == 1 or compare(story.version, seen.version) == 0
        if same:
            return seen
    return None


def _redated(current: Seen, story: Story, content: str) -> bool:
    """Whether a story says what its current version says, and its version is nothing but its time."""
    if content != current.content:
        return False
    return story.version_created is not None and story.version == rfc3339(story.version_created)


def _kills(current: Seen, story: Story) -> bool:
    """Whether a story kills the current version under the same version number."""
    return story.pubstatus == "canceled" and not current.canceled and compare(story.version, current.version) == 0


def _says_again(versions: Versions, story: Story, seen: Seen) -> bool:
    """Whether a version without a number is newer than the current one and returns to what an earlier one said."""
    current = versions.current
    return current is not None and seen.content != current.content and _made(story, current) == 1


def _holds(whole: Story, current: Seen, story: Story) -> bool:
    """Whether a story holds back, holds longer, or takes back the current version under the same version number.

    The opposite does not count: lifting a hold needs a new version number. Else the message from before the hold would
    lift it when it is delivered once more.
    """
    if compare(story.version, current.version) != 0:
        return False
    if whole.pubstatus == "withheld":
        return story.pubstatus == "withheld" and story.pulled and not whole.pulled
    return _tightens(whole, story)


def _tightens(whole: Story, story: Story) -> bool:
    """Whether a story is stricter than the current version: killed, withheld or a later embargo. A kill stays one."""
    if whole.pubstatus == "canceled":
        return False
    if story.pubstatus != "usable":
        return True
    return story.embargo is not None and (whole.embargo is None or story.embargo > whole.embargo)


def _completes(whole: Story, story: Story) -> bool:
    """Whether a story brings the text of the current version, which had only a link to it."""
    if text_link(whole) is None or not story.paragraphs:
        return False
    return compare(story.version, whole.version) == 0


def goes_on(versions: Versions, story: Story) -> bool:
    """Whether a story is a take that belongs to the current version."""
    current, whole = versions.current, versions.story
    if current is None or whole is None or "canceled" in (whole.pubstatus, story.pubstatus):
        return False
    return fits(versions.parts, current.version, story)


def _unstated(story: Story, current: Seen, following: int) -> str:
    """A version for a message that states none: its time if it is newer than the current one, else a number."""
    if _made(story, current) == 1:
        return rfc3339(story.version_created)
    return str(max(following, int(current.version) + 1 if is_number(current.version) else 0))


def _order(story: Story, current: Seen, overtaken: bool) -> int:
    """1 when the story is newer than the current version, 0 when it claims to be the same, -1 when older."""
    order = compare(story.version, current.version)
    if order is not None:
        return order
    # A number and an instant cannot be compared: then the times of creation tell, or else the order of arrival.
    made = _made(story, current)
    if made is None:
        return -1 if overtaken else 1
    return made


def _made(story: Story, current: Seen) -> int | None:
    """1, 0 or -1 as a story was made after, with or before the current version; None if one of them does not say."""
    if story.version_created is None or current.created is None:
        return None
    return sign(story.version_created, current.created)


def content_hash(story: Story) -> str:
    """SHA-256 in hex of a story without its version and its times of creation.

    So the same text is the same content even if the sender gives it a new time at each sending.
    """
    said = msgspec.structs.replace(story, version="", version_created=None, first_created=None)
    return hashlib.sha256(_encoder.encode(said)).hexdigest()


def status_flags(story: Story) -> tuple[str, ...]:
    """``withheld`` for a story that no outlet gets, so that the receipt tells its sender.

    The story says so, or its status or embargo cannot be read.
    """
    return (WITHHELD,) if story.pubstatus == "withheld" else ()
