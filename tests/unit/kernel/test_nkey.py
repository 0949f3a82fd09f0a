"""Reading NKEYs and credentials files: what others write is read, what is damaged is refused unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from natskeys import Identity, Realm

from dateline_kernel.nkey import Credentials, Unreadable, read_credentials, read_seed


def test_a_seed_and_its_public_key_are_written_as_others_write_them() -> None:
    """The seed of a user begins with SU, the key with U; one belongs to the other."""
    made = Identity("U")
    assert (made.seed[:2], made.public[0]) == ("SU", "U")
    assert read_credentials(made.seed).public == made.public


def test_a_credentials_file_has_jwt_and_seed() -> None:
    """Whatever ends its lines."""
    realm, user = Realm(), Identity("U")
    text = realm.credentials(user)
    for written in (text, text.replace("\n", "\r\n")):
        found = read_credentials(written)
        assert found.jwt == text.splitlines()[1]
        assert found.public == user.public


def test_the_signature_is_one_that_the_public_key_knows() -> None:
    """Over the nonce as it came, in Base64."""
    import base64

    user = Identity("U")
    signature = read_credentials(user.seed).signature("nonce")
    user.key.public_key().verify(base64.b64decode(signature), b"nonce")


@given(st.integers(0, 56), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_damaged_seed_is_refused(place: int, letter: str) -> None:
    """One letter that is another: the check tells, and the message does not repeat it.

    Of the last letter two bits count for nothing.
    """
    seed = Identity("U").seed
    damaged = seed[:place] + letter + seed[place + 1 :]
    if damaged == seed:
        return
    with pytest.raises(Unreadable) as refused:
        read_seed(damaged)
    assert damaged not in str(refused.value)


@pytest.mark.parametrize("letter", ["A", "O"])
def test_the_seed_of_an_account_or_an_operator_is_no_users(letter: str) -> None:
    """It opens more than a service needs, and no server takes it for a login."""
    with pytest.raises(Unreadable, match="none of a user"):
        read_seed(Identity(letter).seed)


def test_a_jwt_needs_its_own_seed() -> None:
    """A seed that stands somewhere else in the file may be anybody's."""
    realm, user = Realm(), Identity("U")
    text = realm.credentials(user).replace("USER NKEY SEED", "SOMETHING ELSE")
    with pytest.raises(Unreadable):
        read_credentials(f"{text}\n{Identity('U').seed}\n")


@given(st.text(max_size=300))
def test_any_other_text_is_refused(text: str) -> None:
    """Never with another error."""
    with pytest.raises(Unreadable):
        read_credentials(text)


def test_a_seed_does_not_show_in_a_log() -> None:
    """What is printed of credentials says their kind alone."""
    assert repr(Credentials("j.w.t", b"secret")) == "Credentials(JWT)"
    assert repr(Credentials("", b"secret")) == "Credentials(NKEY)"
