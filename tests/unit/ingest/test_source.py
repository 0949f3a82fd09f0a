"""A feed's address, and words for what goes wrong."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline_ingest.doors.room import DoorFault
from dateline_ingest.doors.source import Address, address, advice, reason
from dateline_schemas.feeds import Feed


def of(url: str) -> Address:
    """The address of a feed with that url."""
    return address(Feed(name="f", door="ftp", url=url), {"ftp": 21, "ftps": 990})


def test_an_address_is_taken_apart() -> None:
    """Percent-encoding is undone, the scheme's port is assumed."""
    assert of("ftp://d%40sk@wire.example/o%20ut") == Address(
        scheme="ftp", host="wire.example", port=21, user="d@sk", path="/o ut"
    )
    assert of("ftps://[::1]:2121").place == "::1:2121"


@pytest.mark.parametrize(
    ("url", "said"),
    [("http://x/", "begins with ftp://, ftps://"), ("ftp:///x", "no host"), ("ftp://a:hush@x/", "holds a password"),
     ("ftp://x:y/", "cannot be read"), ("ftp://x/a%0d%0aDELE", "control characters"), ("", "begins with")],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_a_fault(url: str, said: str) -> None:
    """It says what to correct, and never shows a password."""
    with pytest.raises(DoorFault, match=said) as fault:
        of(url)
    assert "hush" not in str(fault.value)


@given(st.text(max_size=50))
def test_any_address_is_read_or_refused(url: str) -> None:
    """With no other exception."""
    with suppress(DoorFault):
        of(url)


def test_a_reason_is_one_short_line_without_secrets() -> None:
    """Should a server repeat them."""
    assert reason(OSError("530 bad\r\n password tide-44 for x"), "tide-44\n") == "530 bad password *** for x"
    token = "tide-44\nwave's 45"
    for said in (
        f"illegal value {token.encode()!r}",
        f"{token!r}",
        "tide-44%0Awave%27s%2045",
        token,
        "x dGlkZS00NAp3YXZlJ3MgNDU=",
    ):
        assert "44" not in reason(ValueError(said), token) and "wave" not in reason(ValueError(said), token)
    assert reason(TimeoutError()) == "no answer in time"
    assert len(reason(ValueError("x" * 1000))) == 300


@pytest.mark.parametrize(
    ("error", "todo"),
    [
        (ssl.SSLCertVerificationError(1, "certificate has expired"), "have its certificate put right"),
        (ssl.SSLError(1, "wrong version number"), "speaks TLS at that port"),
        (socket.gaierror(-2, "Name or service not known"), "correct the host"),
        (ConnectionRefusedError(111, "Connection refused"), "the server answers there"),
        (TimeoutError(), "the server answers there"),
    ],
)
def test_what_to_do_depends_on_what_failed(error: Exception, todo: str) -> None:
    """A certificate, TLS, a name, anything else."""
    assert todo in advice(error, "the folder is right")
