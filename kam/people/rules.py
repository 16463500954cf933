"""How personal values look to whoever may not read them, how long to wait after wrong passwords, who stands in for whom.

See docs/domain/rights.md.
"""

import base64
import hashlib
from datetime import timedelta

from kam.users.terms import LINE, Position

DOT = "•"
_MOBILE_HEAD, _MOBILE_TAIL = 3, 4


def mask_mobile(value: str) -> str:
    """Return a mobile number with its middle hidden, `138••••5678`; short ones are hidden wholly."""
    text = value.strip()
    if len(text) <= _MOBILE_HEAD + _MOBILE_TAIL:
        return DOT * len(text)
    hidden = len(text) - _MOBILE_HEAD - _MOBILE_TAIL
    return text[:_MOBILE_HEAD] + DOT * hidden + text[-_MOBILE_TAIL:]


def mask_text(value: str) -> str:
    """Return three dots for anything that is there, so that neither content nor length shows."""
    return DOT * 3 if value.strip() else ""


def wait_after(failures: int, *, free: int, first: timedelta, most: timedelta) -> timedelta:
    """Return how long to wait after the last of `failures`: nothing below `free`, then `first`, doubling, never over `most`."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 20)
    longer: timedelta = first * 2**doublings
    return min(longer, most)


def may_stand_in(absent: Position, substitute: Position) -> bool:
    """Say whether a substitute needs no confirmation: same or higher position in the same line (12-decisions, 5).

    Finance, clerk, HR and administrators stand beside the line: only their like stands in without being confirmed.
    """
    if absent in LINE:
        return substitute in LINE and LINE.index(substitute) >= LINE.index(absent)
    return substitute == absent


def fernet_key(secret: str) -> bytes:
    """Return the key that encrypts second factors, drawn from the installation's secret."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"kam.second_factor:" + secret.encode()).digest())
