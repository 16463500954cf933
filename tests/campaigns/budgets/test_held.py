"""What each reservation still holds is kept by the database and is the sum of its entries, whatever is done in whatever order."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.budgets import services
from campaigns.budgets.models import HeldAmount, LineBalance, Movement
from campaigns.budgets.selectors import leaves_of, open_of, open_reservations, verify_ledger
from campaigns.budgets.services import ledger
from campaigns.budgets.views import OLDEST_HELD
from kam.core.errors import BusinessError, ConflictError
from tests.factories.budgets import PAPER, line_of, make_budget, make_payment, make_reservation
from tests.racing import at_once, meeting

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "spend", "release", "reverse"]), st.integers(1, 300), st.integers(0, 9)
    ),
    min_size=1,
    max_size=12,
)


def kept():
    return dict(HeldAmount.objects.values_list("reservation", "amount"))


def do(kind, amount, choice, line, by):
    """Do one act on one of the entries there are, or nothing; a refusal is an answer too."""
    rows = Movement.objects.filter(line=line, kind="spend" if kind == "reverse" else "reserve").order_by("pk")
    try:
        if kind == "reserve":
            services.reserve(line, Decimal(amount), source=PAPER, by=by)
        elif row := rows[choice : choice + 1].first():
            if kind == "spend":
                services.spend(row, Decimal(amount), source=PAPER, by=by)
            elif kind == "release":
                services.release(row, by=by)
            else:
                services.reverse(row, by=by, text="发票有误")
    except BusinessError:
        pass


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_after_any_acts_the_ledger_and_what_is_kept_are_one(acts, cast):
    with transaction.atomic():
        budget = make_budget(cast.manager, (1, "公关招待费", 1_000))
        line = line_of(budget)
        for kind, amount, choice in acts:
            do(kind, amount, choice, line, cast.finance)
            reservations = Movement.objects.filter(kind="reserve")
            assert kept() == {row.pk: open_of(row) for row in reservations}
            assert sum(kept().values()) == LineBalance.objects.get(line=line).reserved
        assert verify_ledger().ok
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_open_is_read_without_the_ledger(cast, django_assert_num_queries):
    budget = make_budget(cast.manager)
    first, second, third = (make_reservation(budget, cast.finance, amount) for amount in (700, 300, 200))
    services.spend(first, Decimal(600), source=PAPER, by=cast.finance)
    services.release(third, by=cast.finance)
    paid = make_payment(budget, cast.finance, 50)
    services.reverse(paid, by=cast.finance, text="发票有误")
    leaves = leaves_of(budget)
    with django_assert_num_queries(2):
        held = open_reservations(leaves, cast.finance)
    assert (held.rows, held.count, held.total) == ([(second, 300), (paid.reservation, 50)], 2, 350)
    few = open_reservations(leaves, cast.finance, most=1)
    assert (few.rows, few.count, few.total) == ([(second, 300)], 2, 350)
    assert open_reservations([], cast.finance).count == 0
    assert kept()[first.pk] == kept()[third.pk] == 0


@pytest.mark.django_db
def test_the_page_shows_the_oldest_of_what_is_held_and_all_where_it_is_asked(cast, client_of):
    budget = make_budget(cast.manager)
    client = client_of(cast.finance)
    for _n in range(OLDEST_HELD + 1):
        make_reservation(budget, cast.finance, 10)
    page = client.get(f"/budgets/{budget.pk}/").content.decode()
    assert (page.count("/release/"), "all 21" in page, "210.00" in page) == (OLDEST_HELD, True, True)
    page = client.get(f"/budgets/{budget.pk}/?held=all").content.decode()
    assert (page.count("/release/"), "all 21" in page) == (OLDEST_HELD + 1, False)
    other = client.get(f"/budgets/{budget.pk}/?line={line_of(budget, '交通费用').pk}").content.decode()
    assert other.count("/release/") == 0


@pytest.mark.django_db
def test_where_what_is_kept_differs_the_entries_are_right(cast, capsys):
    budget = make_budget(cast.manager)
    held = make_reservation(budget, cast.finance, 300)
    other = line_of(budget, "交通费用")
    for change in ({"amount": 299}, {"line": other}):
        with transaction.atomic():
            HeldAmount.objects.filter(reservation=held).update(**change)
            with pytest.raises(SystemExit):
                call_command("ledger_verify", "--json")
            told = json.loads(capsys.readouterr().out)
            assert (told["ok"], told["first_bad"]) == (False, f"reservation {held.pk}")
            transaction.set_rollback(True)
    HeldAmount.objects.all().delete()
    assert verify_ledger().first_bad == f"reservation {held.pk}"
    # The next entry adds up anew from the ledger, not from what was kept.
    services.spend(held, Decimal(100), source=PAPER, by=cast.finance)
    assert (kept(), verify_ledger().ok) == ({held.pk: 0}, True)


@pytest.mark.django_db
def test_nothing_below_nought_is_kept(cast):
    held = make_reservation(make_budget(cast.manager), cast.finance, 300)
    with pytest.raises(DatabaseError, match="held_nothing_below_nought"), transaction.atomic():
        HeldAmount.objects.filter(reservation=held).update(amount=-1)
    assert kept() == {held.pk: 300}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_reservation_released_by_sixteen_at_once_is_released_once(cast, monkeypatch):
    """Fails without locks: see tests/test_race_controls.py."""
    budget = make_budget(cast.manager)
    held, beside = make_reservation(budget, cast.finance, 300), make_reservation(budget, cast.finance, 200)
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))
    answers = at_once(*[lambda: type(services.release(held, by=cast.finance))] * 16)
    assert (answers.count(services.Booked), answers.count(ConflictError)) == (1, 15)
    assert (kept(), verify_ledger().ok) == ({held.pk: 0, beside.pk: 200}, True)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_locks_the_database_refuses_the_second_release(cast, monkeypatch, settings):
    settings.SKIP_LOCKS = True
    held = make_reservation(make_budget(cast.manager), cast.finance, 300)
    monkeypatch.setattr(ledger, "_book", meeting(ledger._book))
    answers = at_once(*[lambda: type(services.release(held, by=cast.finance))] * 2)
    assert services.Booked in answers
    assert any(isinstance(answer, type) and issubclass(answer, DatabaseError) for answer in answers)
    assert (kept(), verify_ledger().ok) == ({held.pk: 0}, True)
