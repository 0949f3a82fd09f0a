"""What an IMAP server tells around IDLE (RFC 2177), where IMAPClient does not hear it, or takes it for a fault."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from dateline_ingest.doors.source import ANSWER_SECONDS

if TYPE_CHECKING:
    import imapclient


def begins_idle(client: imapclient.IMAPClient) -> bool:
    """Ask for IDLE; whether the server told of mails before it went along. ``IMAPClient.idle`` takes that for a fault.

    Raises imaplib's error where it does not go along.
    """
    imap = client._imap
    client._idle_tag = tag = imap._command("IDLE")
    while imap._get_response() is not None:
        if imap.tagged_commands[tag] is not None:
            raise imap.error("the server refuses to wait (IDLE)")
    return told_meanwhile(client)


def told_meanwhile(client: imapclient.IMAPClient) -> bool:
    """Whether the server told of mails beside its answers: in IDLE it does not once more. Whoever asks has heard it."""
    return bool(client._imap.response("EXISTS")[1] != [None])


def told_already(client: imapclient.IMAPClient) -> bool:
    """Whether the server said more in one piece with its last answer: it has left the socket, so no poll sees it."""
    there = client.socket()
    if (read_on := getattr(client._imap, "_readbuf", None)) is not None:  # Python 3.14 and later
        return any(read_on) or (isinstance(there, ssl.SSLSocket) and there.pending() > 0)
    there.setblocking(False)
    try:
        return bool(client._imap.file.peek(1))
    except OSError:  # nothing; TLS says so by an exception
        return False
    finally:
        there.settimeout(ANSWER_SECONDS)
