"""A message as carriers wrap it: packed, or attached to a mail. Pure."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

Wrap = Callable[[bytes], bytes]
_NAME = "copy.dat"


def zipped(data: bytes) -> bytes:
    """A zip archive with the message in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(zipfile.ZipInfo(f"out/{_NAME}"), data)
    return target.getvalue()


def gzipped(data: bytes) -> bytes:
    """The message gzipped."""
    return gzip.compress(data, mtime=0)


def tarred(data: bytes) -> bytes:
    """A tar archive with the message in it."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as bundle:
        entry = tarfile.TarInfo(f"./{_NAME}")
        entry.size = len(data)
        bundle.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def tarred_gzipped(data: bytes) -> bytes:
    """Such an archive gzipped."""
    return gzip.compress(tarred(data), mtime=0)


def attached(data: bytes) -> bytes:
    """A mail that has the message as a file of no kind, and a cover note."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "desk@carrier.example"
    mail["To"] = "copy@outlet.example"
    mail["Subject"] = "Copy"
    mail["Message-ID"] = "<1@carrier.example>"
    mail["Date"] = "Sun, 01 Mar 2026 10:15:00 +0000"
    mail.set_content("Please find the copy attached.\n")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=_NAME)
    return mail.as_bytes()


PACKED: dict[str, Wrap] = {"zip": zipped, "gzip": gzipped, "tar": tarred, "tar.gz": tarred_gzipped}
