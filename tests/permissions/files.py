"""Attachments. The record's room decides who reads; here the room is gone, so nobody does: test_files.py shows the 200."""

from typing import Any

from kam.files.models import Attachment
from tests.conftest import Cast
from tests.permissions.row import Row


def _orphan(cast: Cast) -> dict[str, Any]:
    row = Attachment.objects.create(
        owner_kind="gone",
        owner_id="1",
        name="a.pdf",
        content_type="application/pdf",
        size=1,
        key="files/x",
        by=cast.owner,
    )
    return {"pk": row.pk}


ROWS = [
    Row("files/<int:pk>/", "GET", "file of a room that is gone", "404: *", make=_orphan),
    Row("files/<int:pk>/remove/", "POST", "file of a room that is gone", "404: *", make=_orphan),
    Row(
        "files/<int:pk>/restore/",
        "POST",
        "file of a room that is gone",
        "403: owner; 302: anonymous gone; 404: *",
        make=_orphan,
    ),
]
