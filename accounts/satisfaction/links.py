"""The public link of an invitation: signed by the server, hashed in the database, made anew whenever somebody asks for it.

The token is the invitation's number and nonce under our signature. Whoever steals the database has neither the key nor the token;
whoever makes a token up fails at the signature before the database is asked. A new nonce kills the old link.
"""

import hashlib
import io
import secrets

import segno
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.satisfaction.models import Invitation

_SALT = "accounts.satisfaction.link"


def new_nonce() -> str:
    return secrets.token_urlsafe(18)


def token_of(pk: int, nonce: str) -> str:
    """Return the token of an invitation; nobody without the server's key can."""
    return Signer(salt=_SALT).sign(f"{pk}.{nonce}").replace(":", "~")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation of a token; None where it was made up, replaced, or never existed."""
    try:
        Signer(salt=_SALT).unsign(token.replace("~", ":"))
    except BadSignature:
        return None
    rows = Invitation.objects.select_related(
        "round__version__questionnaire", "unit", "unit__owner", "response"
    )
    return rows.filter(token_hash=hash_of(token)).first()


def address_of(invitation: Invitation) -> str:
    """Return the whole address of the public page."""
    token = token_of(invitation.pk, invitation.nonce)
    return f"{settings.BASE_URL}{reverse('survey-public', args=[token])}"


def address_by_id(pk: str) -> str:
    """Return the address for a mail that goes out now; the outbox keeps only the number."""
    return address_of(Invitation.objects.get(pk=int(pk)))


def code_of(invitation: Invitation) -> bytes:
    """Return the address as a QR code (SVG), to be held up or printed."""
    drawing = io.BytesIO()
    segno.make(address_of(invitation), error="m").save(
        drawing, kind="svg", scale=5, border=3, light="#ffffff"
    )
    return drawing.getvalue()
