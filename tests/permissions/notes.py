"""Tasks: who has to do them or asked for them; for everybody else they do not exist."""

from typing import Any

from kam.notes.services import add_task
from tests.conftest import Cast
from tests.permissions.row import Row


def task_of_owner(cast: Cast) -> dict[str, Any]:
    return {"pk": add_task("call", assignee=cast.owner, by=cast.lead).pk}


ROWS = [
    Row("tasks/", "GET", "-", "200: *"),
    Row("tasks/new/", "POST", "own", "302: *", body=lambda _c, _k: {"text": "call", "due_on": "2026-07-01"}),
    Row("tasks/<int:pk>/done/", "POST", "asked by lead", "302: owner lead; 404: *", make=task_of_owner),
    Row("tasks/<int:pk>/reopen/", "POST", "asked by lead", "302: owner lead; 404: *", make=task_of_owner),
    Row(
        "tasks/<int:pk>/postpone/",
        "POST",
        "asked by lead",
        "302: owner lead; 404: *",
        make=task_of_owner,
        body=lambda _c, _k: {"due_on": "2026-07-01"},
    ),
    Row(
        "tasks/<int:pk>/done/",
        "POST",
        "fragment",
        "200: owner lead; 404: *",
        make=task_of_owner,
        headers={"HX-Request": "true"},
    ),
]
