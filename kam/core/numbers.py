"""Running numbers of papers: GIFT-2026-0007; one at a time, without ties."""

from django.db import connection
from django.db.models import Max, Model


def next_number(model: type[Model], kind: str, year: int) -> str:
    """Return the next number of this kind and year; the lock is held until the transaction ends."""
    prefix = f"{kind}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [prefix])
    rows = model._default_manager.filter(number__startswith=prefix)  # noqa: SLF001 -- Django's documented API
    last: str | None = rows.aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04d}"
