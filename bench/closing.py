"""A month's close as it is: everybody's sheet agreed, sealed with the rows behind its figures, linked and audited; and its plain SQL beside it.

Everything happens in a transaction that is taken back.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.test import Client

from accounts.units.models import KeyAccount
from bench.generate import JOINED
from bench.generate_work import Helpers, add_work
from bench.kpi import DASHBOARD, fill
from kam.audit.context import system
from kam.core.clock import business_date
from kam.core.periods import Period, month_of
from kam.people.middleware import SEEN, STARTED
from kam.users.models import Membership, Team, User
from kam.users.terms import Position
from kpi.measures.selectors import facts_sql
from kpi.rollup.rules import ready_months
from kpi.rollup.services import freshen
from kpi.schemes.selectors import measures_of, schemes_on
from kpi.sheets.closing import close_period
from kpi.sheets.models import Seal, Sheet
from kpi.sheets.services import open_sheets
from kpi.sheets.terms import SheetState
from visits.visits.models import Visit

ROUNDS = 3
_ROWS = "select person, team, day, amount, ref from ({facts}) f order by day, ref"
_TEXTS = ("inputs", "scheme", "result", "counted")


def dashboard_sql_ms() -> float:
    """Return the milliseconds that the statements of the department's dashboard take, its sums kept; the median of some looks."""
    freshen([month_of(day) for day in ready_months(business_date())])
    client, spent = _signed_in(User.objects.get(staff_number="bench-director")), []

    def timed(execute: Callable[..., Any], *asked: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*asked)
        finally:
            spent[-1] += (time.perf_counter() - started) * 1000

    with connection.execute_wrapper(timed):
        for _look in range(2 + 3 * ROUNDS):
            spent.append(0.0)
            answer = client.get(DASHBOARD)
            assert answer.status_code == 200, answer.status_code
    return statistics.median(spent[2:])


def _signed_in(user: User) -> Client:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[STARTED] = session[SEEN] = time.time()
    session.create()
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def close_ms(people: int) -> dict[str, float]:
    """Return how long it takes to close last month for so many people, and how long its rows and texts take plainly."""
    month = month_of(month_of(business_date()).first - timedelta(days=1))
    with transaction.atomic(), system("bench"):
        _help(people, month)
        open_sheets(month)
        rows = Sheet.objects.of_period(month).live()
        fill(list(rows.select_related("user")), month)
        rows.update(state=SheetState.AGREED)
        count = _plain_rows(month)
        figures = [_one_round(month) for _round in range(ROUNDS)]
        sheets = rows.count()
        transaction.set_rollback(True)
    close, plain = (statistics.median(told) for told in zip(*figures, strict=True))
    return {"sheets": sheets, "rows": count, "close": close, "plain": plain}


def _one_round(month: Period) -> tuple[float, float]:
    """Return the milliseconds of a close with the links of seals and audit, and of its plain SQL."""
    plain = _ms(lambda: _plain_rows(month))
    _at_once()
    point = transaction.savepoint()
    close = _ms(lambda: (close_period(month, by=None), _at_once()))
    texts = list(Seal.objects.filter(sheet__first_day=month.first).values_list(*_TEXTS))
    transaction.savepoint_rollback(point)
    return close, plain + _ms(lambda: _plain_texts(texts))


def _at_once() -> None:
    """Let the database check and link now what it keeps for the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _plain_rows(month: Period) -> int:
    """Read the rows of every measure that a sheet asks, nothing else; return how many."""
    lines = {line.indicator for scheme in schemes_on(month.first).values() for line in scheme.lines.all()}
    count = 0
    for key in sorted({key for line in lines for key in measures_of(line)}):
        with connection.cursor() as cursor:
            values = {"first": month.first, "last": month.last, "zone": settings.TIME_ZONE}
            cursor.execute(_ROWS.format(facts=facts_sql(key)), values)
            count += len(cursor.fetchall())
    return count


def _plain_texts(texts: list[tuple[str, ...]]) -> None:
    """Write the same texts into a table that counts, links and checks nothing."""
    with connection.cursor() as cursor:
        cursor.execute("create temp table bench_seal (inputs text, scheme text, result text, counted text)")
        for start in range(0, len(texts), 100):
            some = texts[start : start + 100]
            cursor.execute(
                f"insert into bench_seal values {', '.join(['(%s, %s, %s, %s)'] * len(some))}",
                [text for row in some for text in row],
            )
        cursor.execute("drop table bench_seal")


def _ms(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _help(people: int, month: Period) -> None:
    """Bring the department to so many people with a sheet: helpers who plan, visit and report as much as the others."""
    scored = User.objects.working().exclude(position=Position.DIRECTOR).count() + 1
    teams = list(Team.objects.order_by("pk").values_list("pk", flat=True))
    made = User.objects.bulk_create(
        User(
            staff_number=f"bench-helper{n}", position=Position.SPECIALIST, name=f"助理{n}", email=f"h{n}@bench.example",
            password="!",  # noqa: S106 -- unusable
            joined_on=JOINED,
        )
        for n in range(max(0, people - scored))
    )  # fmt: skip
    theirs = [teams[place % len(teams)] for place in range(len(made))]
    Membership.objects.bulk_create(
        Membership(user=user, team_id=team, started_on=date(2020, 1, 1))
        for user, team in zip(made, theirs, strict=True)
    )
    done = Visit.objects.counted_between(month.first, month.last)
    each = done.count() // max(1, done.values("user").distinct().count())
    after = Visit.objects.order_by("-pk").values_list("pk", flat=True)[0]
    helpers = Helpers([user.pk for user in made], theirs, each)
    if made and each:
        add_work(helpers, units=KeyAccount.objects.order_by("-pk")[0].pk, after=after, month=month)
