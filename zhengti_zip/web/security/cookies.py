"""The session: a signed cookie that says who somebody is, and the token that a form of theirs must bring back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from zhengti_zip.web.visitor import Role

COOKIE = "zt_session"
SECONDS = {Role.VISITOR: 24 * 3600, Role.DEPARTMENT: 30 * 24 * 3600}
"""How long a session lasts by role; accounts have less."""

ACCOUNT_SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class SessionTicket:
    """What the cookie says.

    Attributes:
        role: of the visitor; the database decides what an account may do now.
        id: of the visit, account or department.
        epoch: of the account or department when the session began.
        nonce: random; the token against forged requests is made of it.
    """

    role: Role
    id: str
    epoch: int
    nonce: str


def seconds_of(role: Role) -> int:
    """How long a session of a role lasts."""
    return SECONDS.get(role, ACCOUNT_SECONDS)


def new_ticket(role: Role, identity: str, epoch: int) -> SessionTicket:
    """The ticket of a new session. Every login gets one, so that a ticket known to others from before is worth nothing."""
    return SessionTicket(role, identity, epoch, secrets.token_urlsafe(16))


class Cookies:
    """Writes and reads session cookies.

    Args:
        secret: of the server; with another one every session is over.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._serializer = URLSafeTimedSerializer(
            secret, salt="zhengti-session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def write(self, ticket: SessionTicket) -> str:
        """The text of a cookie."""
        return str(self._serializer.dumps([ticket.role.value, ticket.id, ticket.epoch, ticket.nonce]))

    def read(self, text: str) -> SessionTicket | None:
        """What a cookie says; None when it is forged, damaged or too old."""
        try:
            role, identity, epoch, nonce = self._serializer.loads(text, max_age=max(SECONDS.values()))
            ticket = SessionTicket(Role(role), str(identity), int(epoch), str(nonce))
            self._serializer.loads(text, max_age=seconds_of(ticket.role))
        except (BadSignature, ValueError, TypeError):
            return None
        return ticket

    def form_token(self, ticket: SessionTicket) -> str:
        """What every form of this session must bring back in ``csrf``."""
        return hmac.new(self._secret, f"csrf:{ticket.nonce}".encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, ticket: SessionTicket, text: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.form_token(ticket).encode(), text.encode())
