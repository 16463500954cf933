"""Row locks with a negative control: race tests switch them off and must then fail."""

from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def locked(
    rows: QuerySet[M], *, skip_locked: bool = False, no_key: bool = False, of: tuple[str, ...] = ("self",)
) -> QuerySet[M]:
    """Return `rows` with FOR UPDATE, ordered by primary key so that two acts cannot wait for each other.

    `no_key` leaves those alone who only refer to the row, e.g. everybody who writes something with a person in it.
    """
    if settings.SKIP_LOCKS:
        return rows.order_by("pk")
    return rows.select_for_update(skip_locked=skip_locked, no_key=no_key, of=of).order_by("pk")


def hold_name(name: str, *, shared: bool = False) -> None:
    """Hold a name until the transaction ends, where there is no row to lock: whoever else asks for it waits.

    Those who hold it `shared` wait for nobody but the one who holds it alone.
    """
    if settings.SKIP_LOCKS:
        return
    act = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"select {act}(hashtextextended(%s, 0))", [name])
