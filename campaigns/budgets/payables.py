"""What finance has to pay, on Today and in its digests: one line a kind, with how many and how much."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter, mod
from typing import Any

from django.db.models import BigIntegerField, Count, Func, QuerySet, Sum
from django.utils.functional import Promise

from kam.core.sentences import said_when_drawn
from kam.today.asks import Ask
from kam.today.registry import Due, register_due
from kam.users.models import User
from kam.users.terms import Position


def register_payable(key: str, rows: Callable[[date], QuerySet[Any]], words: Any, url: str) -> None:
    """Tell finance of these rows, which have an `amount`. `words` is a lazy plural of `n` that holds %(n)s and %(total)s; `url` lists them."""

    def asked(people: Any, day: date) -> QuerySet[Any, tuple[Any, ...]]:
        each = Func(people, template="unnest(%(expressions)s::bigint[])", output_field=BigIntegerField())
        told = rows(day).order_by().annotate(payer=each).values("payer")
        sums: QuerySet[Any, tuple[Any, ...]] = told.annotate(n=Count("pk"), total=Sum("amount")).values_list(
            "payer", "n", "total"
        )
        return sums

    ask: Ask[Any] = Ask(f"payable.{key}", asked, itemgetter(0))

    def collect(users: Sequence[User], day: date) -> dict[int, list[tuple[Promise, str]]]:
        return {
            pk: [
                (said_when_drawn(mod, words, {"n": n, "total": f"{total:,.2f}"}), url)
                for _payer, n, total in found
            ]
            for pk, found in ask(users, day).items()
        }

    register_due(Due(key=f"payable.{key}", positions=(Position.FINANCE,), collect=collect, asks=(ask,)))
