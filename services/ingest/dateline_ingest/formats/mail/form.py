"""A story that a web form sends by mail: a JSON object with the fields of the form."""

from __future__ import annotations

import json
import re
from typing import Any

from dateline_ingest.formats.credited import credited
from dateline_ingest.formats.mail.table import mail_marks
from dateline_ingest.formats.markup.body import body_of_lines
from dateline_ingest.formats.markup.strings import any_body, paragraphs_of
from dateline_ingest.formats.message import Limits
from dateline_ingest.formats.values.endline import endlines
from dateline_ingest.formats.values.status import urgency
from dateline_ingest.formats.values.words import fold
from dateline_ingest.instants import instant
from dateline_schemas.story import Story, Subject

_MOST = 500_000
_TAG = re.compile(r"<(?:p|br|div|h\d)\b", re.IGNORECASE)


def form_story(text: str, limits: Limits) -> Story | None:
    """The story without its identifier; None if the text is no such form."""
    if not text.lstrip().startswith("{") or len(text) > _MOST:
        return None
    try:
        # Not strict: the mail program breaks lines within strings.
        form = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    fields = _fields(form) if isinstance(form, dict) else {}
    if "body" not in fields or "headline" not in fields:
        return None
    return _story(fields, limits)


def _fields(form: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in form.items():
        what = mail_marks().form.get(fold(str(name)).lower())
        texts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, (str, int, float))]
        if what and texts:
            found.setdefault(what, []).extend(str(one).strip() for one in texts if str(one).strip())
    return {what: texts for what, texts in found.items() if texts}


def _story(fields: dict[str, list[str]], limits: Limits) -> Story:
    def one(name: str) -> str:
        return fold(next(iter(fields.get(name, ())), ""))

    written = "\n\n".join(fields["body"])
    body = any_body(written, limits) if _TAG.search(written) else body_of_lines(paragraphs_of(written))
    stated = [("source", one("source")), ("byline", one("byline")), ("dateline", one("dateline"))]
    stated += [("contributor", fold(text)) for text in fields.get("sender", ())]
    stated += [("endline", line) for line in endlines(body.paragraphs, body.tabled)]
    embargo = instant(one("embargo"))
    return Story(
        guid="",
        headline=one("headline"),
        slugline=one("slugline"),
        byline=one("byline"),
        dateline=one("dateline"),
        summary=one("summary"),
        paragraphs=body.paragraphs,
        body_html=body.html,
        urgency=next((number for text in fields.get("urgency", ()) if (number := urgency(text))), None),
        pubstatus="withheld" if one("embargo") and embargo is None else "usable",
        embargo=embargo,
        version_created=instant(one("date")),
        subjects=_named(fields, "category"),
        places=_named(fields, "place"),
        genres=_named(fields, "genre"),
        ed_note="\n".join(fold(text) for text in fields.get("ednote", ())),
        credits=credited(stated),
    )


def _named(fields: dict[str, list[str]], name: str) -> tuple[Subject, ...]:
    names = dict.fromkeys(fold(text) for text in fields.get(name, ()))
    return tuple(Subject(code=text, name=text) for text in names if text)
