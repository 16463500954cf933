from datetime import UTC, date, datetime

from kam.today.models import Digest
from tests.permissions.row import Row

DAY = date(2026, 6, 23)
NOON = datetime(2026, 6, 23, 4, 0, tzinfo=UTC)


def make_digest(cast):
    Digest.objects.create(user=cast.owner, date=DAY, slot="plan", due_at=NOON, made_at=NOON, language="en")
    return {"day": DAY, "slot": "plan"}


def make_missed(cast):
    Digest.objects.create(user=cast.owner, date=DAY, slot="plan", state="missed", due_at=NOON, language="en")
    return {"day": DAY, "slot": "plan"}


DIGEST = "digests/<day:day>/<digest_slot:slot>/"

ROWS = [
    Row("help/", "GET", "-", "200: *"),
    Row("", "GET", "own day", "200: *"),
    Row("today/print/", "GET", "own day", "200: *"),
    Row("digests/", "GET", "own", "200: *"),
    Row(DIGEST, "GET", "owner's", "200: owner; 404: *", make=make_digest),
    Row(DIGEST, "GET", "missed", "404: *", make=make_missed),
    Row(f"{DIGEST}pdf/", "GET", "owner's", "200: owner; 404: *", make=make_digest),
    Row("ops/digests/", "GET", "everybody's", "200: admin; 403: *"),
]
