"""Passwords and one-time codes: how they are made, kept and compared."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_PASSWORD = 10
MAX_PASSWORD = 200
"""Characters of a password; hashing a longer one would only take time."""

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
"""Of codes: no letters and digits that look alike (0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V)."""

CODE_LENGTH = 8
"""Some 37 bits. Nobody has more than a few tries (:mod:`zhengti_zip.web.security.attempts`)."""

_HASHER = PasswordHasher()
_turns = Semaphore(2)
"""Each hash takes 64 MB of memory, so that many logins at once wait for each other."""


def hash_secret(text: str) -> str:
    """What is kept of a password or a code: an argon2id hash with its salt. Takes some tens of milliseconds.

    Raises:
        ValueError: the text is longer than any password.
    """
    if len(text) > MAX_PASSWORD:
        raise ValueError("too long for a password")
    with _turns:
        return _HASHER.hash(_bytes(text))


def is_secret(hashed: str | None, text: str) -> bool:
    """Whether a password or code is the one of a hash. Without a hash it takes as long and is False."""
    if len(text) > MAX_PASSWORD:
        return False
    known = hashed or _of_nobody()
    try:
        with _turns:
            return _HASHER.verify(known, _bytes(text)) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def new_code() -> str:
    """A new one-time code, e.g. ``K7QM-3XRA``."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{code[:4]}-{code[4:]}"


def typed_code(text: str) -> str:
    """A code as :func:`new_code` writes it, from what somebody typed: small letters, full width, with or without dash."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


@cache
def _of_nobody() -> str:
    return hash_secret(secrets.token_urlsafe(16))


def _bytes(text: str) -> bytes:
    """One spelling for what looks the same."""
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass")
