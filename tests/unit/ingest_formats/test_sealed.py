"""Mail under a signature is read, mail that is encrypted is refused, and the refusal says what it is."""

from __future__ import annotations

from base64 import encodebytes
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from dateline_ingest.formats import Unparseable, parse
from dateline_ingest.formats.mail.sealed import signed_entity, without_openpgp
from dateline_schemas.story import Story

HEAD = (
    b"From: Jo Sample <jo@ep.example>\r\nDate: Mon, 30 Mar 2026 10:15:00 +0200\r\nMessage-ID: <sealed@ep.example>\r\n"
    b"Subject: Lock gates open\r\nMIME-Version: 1.0\r\n"
)
TEXT = "SEVENOAK, March 30 (EP) - The lock gates opened on Monday, the canal office said."
PICTURE = b"\r\n--b\r\nContent-Type: image/png; name=gate.png\r\n\r\n\x89PNG\r\n--b--\r\n"
PLAIN = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n".encode()
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + PLAIN + PICTURE
KIND = "application/pkcs7-mime"


@pytest.fixture(scope="module")
def signer() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """A person with a certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jo Sample")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return made.sign(key, hashes.SHA256()), key


def signed(signer: tuple[x509.Certificate, rsa.RSAPrivateKey], entity: bytes) -> bytes:
    """The entity within a signature, as a CMS message."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(entity).add_signer(*signer, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def mail(kind: str, data: bytes, name: str = "smime.p7m") -> bytes:
    """A mail that is nothing but such a part."""
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return HEAD + head.encode() + encodebytes(data)


def story(data: bytes) -> Story:
    """The one story of the mail."""
    (found,) = parse(data).stories
    return found


@pytest.mark.parametrize(
    "kind", [f"{KIND}; smime-type=signed-data", "application/x-pkcs7-mime", "application/octet-stream"]
)
@pytest.mark.parametrize("entity", [PLAIN, MIXED])
def test_text_within_a_signature(signer: tuple[x509.Certificate, rsa.RSAPrivateKey], kind: str, entity: bytes) -> None:
    """It is read as the mail's own, with what is attached; the headers are those around it.

    Some gateways take the type away.
    """
    found = story(mail(kind, signed(signer, entity)))
    assert (found.guid, found.headline, found.paragraphs) == ("sealed@ep.example", "Lock gates open", (TEXT,))
    assert [one.headline for one in found.associations] == (["gate.png"] if entity is MIXED else [])


def test_a_file_that_was_signed_by_itself(signer: tuple[x509.Certificate, rsa.RSAPrivateKey]) -> None:
    """It is the file, under its name without the signature's."""
    data = signed(signer, f"Lock gates open\n\n{TEXT}\n\nBoats wait for the first lock.\n".encode())
    found = story(mail("application/octet-stream", data, "lock.txt.p7m"))
    assert found.paragraphs == (TEXT, "Boats wait for the first lock.")


def test_signatures_within_one_another(signer: tuple[x509.Certificate, rsa.RSAPrivateKey]) -> None:
    """Layers are opened (RFC 2634), up to four."""
    for layers in (3, 6):
        entity = PLAIN
        for _ in range(layers):
            entity = f"Content-Type: {KIND}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + encodebytes(
                signed(signer, entity)
            )
        if layers == 3:
            assert story(HEAD + entity).paragraphs == (TEXT,)
            continue
        with pytest.raises(Unparseable, match="more than 4 deep"):
            parse(HEAD + entity)


def test_a_text_in_pieces_of_no_stated_length() -> None:
    """What is signed while it is sent is in BER, whose elements end with a mark and whose text is in pieces."""
    pieces = b"".join(b"\x04" + bytes((len(one),)) + one for one in (PLAIN[:50], PLAIN[50:90], PLAIN[90:]))
    oid, data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    content = b"\x30\x80" + data + b"\xa0\x80\x24\x80" + pieces + b"\0\0" * 3
    whole = b"\x30\x80" + oid + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x80\x30\x02\x05\x00\0\0" + content + b"\0\0" * 3
    assert signed_entity(KIND, whole) == PLAIN
    assert story(mail(KIND, whole)).paragraphs == (TEXT,)


def test_a_signature_beside_its_text() -> None:
    """A clear signature is taken off, under each of its names; the files that were signed with it stay."""
    for sign in ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"):
        part = f"\r\n--s\r\nContent-Type: {sign}; name=signature.asc\r\n\r\nabc\r\n--s--\r\n".encode()
        head = f'Content-Type: multipart/signed; protocol="{sign}"; boundary=s\r\n\r\n--s\r\n'.encode()
        found = story(HEAD + head + MIXED + part)
        assert found.paragraphs == (TEXT,)
        assert [one.headline for one in found.associations] == ["gate.png"]


def test_encrypted_mail_is_refused(signer: tuple[x509.Certificate, rsa.RSAPrivateKey]) -> None:
    """The refusal says with what, and what to do."""
    sealed = pkcs7.PKCS7EnvelopeBuilder().set_data(PLAIN).add_recipient(signer[0])
    data = sealed.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    with pytest.raises(Unparseable, match=r"encrypted with S/MIME, and no key is kept here; have it sent open"):
        parse(mail(f"{KIND}; smime-type=enveloped-data", data))
    pgp = b"Content-Type: multipart/encrypted; boundary=e\r\n\r\n--e\r\n"
    pgp += b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"
    with pytest.raises(Unparseable, match="encrypted with OpenPGP"):
        parse(HEAD + pgp + b"\r\n--e\r\nContent-Type: application/octet-stream\r\n\r\nabc\r\n--e--\r\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x30\x80", "signature .* is broken"),
        (b"\x30\x05\x06\x03\x2a\x03\x04", "signature .* is broken"),
        (b"no CMS", "signature .* is broken"),
        (
            b"\x30\x17\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x0a\x30\x08\x02\x01\x01\x31\x00\x30\x01\x06",
            "broken",
        ),
        (b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x05\xa0\x00", "in a way that is not read"),
    ],
)
def test_what_is_no_signature(data: bytes, reason: str) -> None:
    """Broken ones and other kinds are told apart from encrypted ones."""
    with pytest.raises(Unparseable, match=reason):
        parse(mail(KIND, data))


def test_a_text_encrypted_with_openpgp() -> None:
    """It is refused where a note alone stands around it; beside a story the block is left out."""
    block = "-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nhQEMA0\n=abcd\n-----END PGP MESSAGE-----\n"
    with pytest.raises(Unparseable, match="encrypted with OpenPGP"):
        parse(HEAD + f"\r\nSee below.\r\n\r\n{block}".encode())
    with pytest.raises(Unparseable, match="encrypted with OpenPGP"):
        parse(block.encode())
    words = "one two three four five six seven eight nine ten " * 8
    assert without_openpgp(f"{words}\n{block}{words}").split() == words.split() * 2
    assert without_openpgp(TEXT) == TEXT


def test_a_file_beside_an_encrypted_part(signer: tuple[x509.Certificate, rsa.RSAPrivateKey]) -> None:
    """What can be read is read; the sealed part is a file beside it."""
    sealed = pkcs7.PKCS7EnvelopeBuilder().set_data(PLAIN).add_recipient(signer[0])
    data = encodebytes(sealed.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary]))
    part = f"--b\r\nContent-Type: {KIND}; name=notes.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + data
    found = story(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + PLAIN + part + b"--b--\r\n")
    assert (found.paragraphs, [one.headline for one in found.associations]) == ((TEXT,), ["notes.p7m"])
    note = PLAIN.replace(TEXT.encode(), b"The story is attached.")
    with pytest.raises(Unparseable, match="encrypted with S/MIME"):
        parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + note + part + b"--b--\r\n")
