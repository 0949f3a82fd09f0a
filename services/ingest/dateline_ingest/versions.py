"""Which version of a story this is: an update, a repeat, a latecomer or a dispute. Pure."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

from dateline_ingest.formats.linkedtext import text_link
from dateline_ingest.history import Seen, Versions
from dateline_ingest.instants import rfc3339
from dateline_ingest.ordering import compare, is_number, sign
from dateline_ingest.takes import fits, of_one_lead
from dateline_schemas.events import Standing
from dateline_schemas.story import Story

WITHHELD = "withheld"
"""Flag of a version that goes out to nobody."""

_encoder = msgspec.json.Encoder()


class Verdict(Struct, frozen=True):
    """What to make of a story version that came in."""

    version: str
    ordinal: int
    standing: Standing
    repeats: Seen | None = None
    """What says the same already; nothing is to be appended then."""
    older: bool = False
    """Whether it was made, or came, before what is current so far: it may hold back what comes, and takes back nothing
    as withheld.
    """


def judge(
    versions: Versions,
    story: Story,
    content: str,
    *,
    stranger: bool = False,
    takes_over: bool = False,
    rebuilt: bool = False,
    overtaken: bool = False,
) -> Verdict:
    """Decide what a version is, given what its story has. The first of these that fits counts:

    - the story has no version yet: current;
    - the same content came under the same version (a take: under the same lead): a repeat. What only a ``stranger``
      sent before is no repeat for others. In a document that is ``rebuilt``, another date alone makes no new version;
    - its sender is a ``stranger``: disputed;
    - it states no version: late if it was made before the current one, or if it was ``overtaken`` and the times do not
      tell; current if it kills the story or holds it back, if its sender ``takes_over``, and in every other case;
    - its sender ``takes_over``: current;
    - it states the current version, and kills the story, holds it back, or brings the text that was only linked to:
      current, as none of these need have a number of its own;
    - it is a take that has its place in the current version: current;
    - it is newer than the current version: current; the same: disputed; older: late.

    ``stranger``: the sender has no say in the story. ``takes_over``: it is the first that speaks for an agency (see
    ``say``). ``rebuilt``: servers make this format anew for each request. ``overtaken``: it came before the current
    version, and is tried again.
    """
    current, whole, following = versions.current, versions.story, versions.ordinal + 1
    if current is None or whole is None:
        return Verdict(story.version or "1", following, "current")
    same = _repeated(versions, story, content, stranger)
    if same is None and rebuilt and _redated(current, story, content):
        same = current
    if same is not None:
        return Verdict(same.version, 0, same.standing, repeats=same)
    if stranger:
        return Verdict(story.version or current.version, 0, "disputed")
    if not story.version:
        made = _made(story, current)
        older = made == -1 or (overtaken and made != 1)
        if older and not takes_over and not _tightens(whole, story):
            return Verdict(rfc3339(story.version_created) or current.version, 0, "late")
        return Verdict(_unstated(story, current, following), following, "current", older=older)
    if takes_over or _kills(current, story) or _holds(whole, current, story) or _completes(whole, story):
        return Verdict(story.version, following, "current", older=overtaken)
    order = _order(story, current, overtaken)
    if goes_on(versions, story):
        return Verdict(current.version if order < 0 else story.version, following, "current")
    if order > 0:
        return Verdict(story.version, following, "current")
    return Verdict(story.version, 0, "disputed" if order == 0 else "late")


def _repeated(versions: Versions, story: Story, content: str, stranger: bool) -> Seen | None:
    """What says the same already: of the same version, or, for a take, of the same lead."""
    in_takes = bool(story.take) or len(versions.parts) > 1
    for seen in versions.said.get(content, ()):
        if seen.stranger and not stranger:
            continue
        if not story.version and not _says_again(versions, story, seen):
            return seen
        if story.version and compare(story.version, seen.version) == 0:
            return seen
        if in_takes and seen.standing == "current" and of_one_lead(story.version, seen.version):
            return seen
    return None


def _redated(current: Seen, story: Story, content: str) -> bool:
    """Whether a story says what its current version says, and has nothing but its time for a number."""
    if content != current.content:
        return False
    return story.version_created is not None and story.version == rfc3339(story.version_created)


def _kills(current: Seen, story: Story) -> bool:
    """Whether a story takes back the very version that is current."""
    return story.pubstatus == "canceled" and not current.canceled and compare(story.version, current.version) == 0


def _says_again(versions: Versions, story: Story, seen: Seen) -> bool:
    """Whether a version without a number goes back, by its time, to what the story said before."""
    current = versions.current
    return current is not None and seen.content != current.content and _made(story, current) == 1


def _holds(whole: Story, current: Seen, story: Story) -> bool:
    """Whether a story is to wait, to wait longer, or to be taken back, that went by the very version that is current.

    Only so and never the other way: what lifts a hold needs a version of its own, since the bytes from before the hold,
    delivered again, say nothing new.
    """
    if compare(story.version, current.version) != 0:
        return False
    if whole.pubstatus == "withheld":
        return story.pubstatus == "withheld" and story.pulled and not whole.pulled
    return _tightens(whole, story)


def _tightens(whole: Story, story: Story) -> bool:
    """Whether a story is to come back, or to wait for longer than its current version; not one that came back."""
    if whole.pubstatus == "canceled":
        return False
    if story.pubstatus != "usable":
        return True
    return story.embargo is not None and (whole.embargo is None or story.embargo > whole.embargo)


def _completes(current: Story, story: Story) -> bool:
    """Whether a story brings the text of the very version that is current, which had a link in its place."""
    if text_link(current) is None or not story.paragraphs:
        return False
    return compare(story.version, current.version) == 0


def goes_on(versions: Versions, story: Story) -> bool:
    """Whether a story is a take that has its place in the version that is current."""
    current, whole = versions.current, versions.story
    if current is None or whole is None or "canceled" in (whole.pubstatus, story.pubstatus):
        return False
    return fits(versions.parts, current.version, story)


def _unstated(story: Story, current: Seen, following: int) -> str:
    """A label for a version whose message states none: its time where it has one, else its place in the row."""
    if _made(story, current) == 1:
        return rfc3339(story.version_created)
    return str(max(following, int(current.version) + 1 if is_number(current.version) else 0))


def _order(story: Story, current: Seen, overtaken: bool) -> int:
    """1 when the story is newer than the current version, 0 when it claims to be the same, -1 when older."""
    order = compare(story.version, current.version)
    if order is not None:
        return order
    # A number against an instant: the two have only their creation times in common, and else their arrival.
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
    """SHA-256 in hex of all that a story says, its version label and creation times left out.

    Two sendings of the same text are the same content even if the sender stamps each with a new time.
    """
    said = msgspec.structs.replace(story, version="", version_created=None, first_created=None)
    return hashlib.sha256(_encoder.encode(said)).hexdigest()


def status_flags(story: Story) -> tuple[str, ...]:
    """``withheld`` for a story that nobody gets, so that its sender hears of it.

    It is so because it says so, or because its status or its embargo cannot be read.
    """
    return (WITHHELD,) if story.pubstatus == "withheld" else ()
