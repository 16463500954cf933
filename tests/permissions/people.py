"""One's own page and sessions: everybody's own, nobody else's."""

from typing import Any

from django.utils import timezone

from kam.people.models import SessionRecord
from tests.conftest import Cast
from tests.permissions.row import Row


def session_of_owner(cast: Cast) -> dict[str, Any]:
    now = timezone.now()
    record = SessionRecord.objects.create(user=cast.owner, session_key="x" * 32, started_at=now, seen_at=now)
    return {"pk": record.pk}


def preferences(_cast: Cast, _kwargs: Any) -> dict[str, str]:
    return {"language": "zh-hans", "time_zone": "Asia/Shanghai"}


ROWS = [
    Row("me/", "GET", "-", "200: *"),
    Row("me/", "POST", "-", "302: *", body=preferences),
    Row("me/sessions/", "GET", "-", "200: *"),
    Row("me/sessions/end/", "POST", "-", "302: *"),
    Row("me/sessions/<int:pk>/end/", "POST", "session of owner", "302: owner; 404: *", make=session_of_owner),
]
