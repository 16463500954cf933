"""A market report from its figures to the remark, over HTTP; what is handed in stays."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils.translation import get_language

from kam.core.errors import BusinessError
from kam.core.periods import month_of
from kam.users.models import User
from kpi.measures.rules import Holder
from kpi.measures.selectors import figures
from kpi.measures.terms import Kind as Whose
from kpi.writings import services
from kpi.writings.models import Writing
from kpi.writings.selectors import owed_by
from kpi.writings.terms import SECTIONS, Kind
from tests.factories.accounts import make_unit
from tests.factories.kpi import JUNE, at, make_target
from tests.factories.visits import make_visit

pytestmark = pytest.mark.django_db
MAY = month_of(date(2026, 5, 1))
TEXTS = dict.fromkeys(SECTIONS[Kind.MARKET], "回访完成")


def handed_in(user, moment, period=JUNE):
    with time_machine.travel(moment):
        row = services.begin(Kind.MARKET, period, by=user)
        row = services.write(row, TEXTS, version=row.version, by=user)
        return services.hand_in(row, version=row.version, by=user)


def test_a_report_begins_in_the_language_of_its_author(cast, monkeypatch):
    monkeypatch.setattr(
        services, "prefilled", lambda kind, _period, _user: dict.fromkeys(SECTIONS[kind], get_language())
    )
    cast.owner.language = "zh-hant"
    with at(date(2026, 7, 3)):
        row = services.begin(Kind.MARKET, JUNE, by=cast.owner)
    assert set(row.sections.values_list("text", flat=True)) == {"zh-hant"}


def test_a_report_begins_with_figures_and_ends_with_a_remark(cast, client_of):
    make_target(1_200, "visits.held", person=cast.owner)
    visit = make_visit(make_unit("泉州商会", owner=cast.owner), user=cast.owner, on=date(2026, 6, 10))
    type(visit).objects.filter(pk=visit.pk).update(competitor_use="用某品牌，不满意")
    owner, manager = client_of(cast.owner), client_of(cast.manager)
    with at(date(2026, 7, 3)):
        told = {"kind": "market", "period": "2026-06"}
        begun = owner.post("/kpi/writings/new/", told)
        writing = Writing.objects.get()
        url = writing.get_absolute_url()
        assert (begun.status_code, begun.headers["Location"]) == (302, f"{url}edit/")
        assert owner.post("/kpi/writings/new/", told).status_code == 422
        text = owner.get(url).content.decode()
        assert "Visits held: 1 of 100 planned" in text
        assert "泉州商会: 用某品牌，不满意" in text
        empty = owner.post(f"{url}hand-in/", {"version": 1})
        assert (empty.status_code, Writing.objects.get().state) == (422, "draft")
        assert manager.get(url).status_code == 404
        assert owner.post(f"{url}edit/", TEXTS | {"version": 1}).status_code == 302
        assert owner.post(f"{url}edit/", TEXTS | {"version": 1}).status_code == 409
        assert owner.post(f"{url}hand-in/", {"version": 2}).status_code == 302
        assert owner.post(f"{url}edit/", TEXTS | {"version": 3}).status_code == 403
        User.objects.filter(pk=cast.manager.pk).update(language="zh-hant")
        assert manager.post(f"{url}read/", {"remark": "继续跟进"}).status_code == 302
        assert manager.post(f"{url}read/", {"remark": "x"}).status_code == 403
        assert "继续跟进" in owner.get(url).content.decode()
        assert owner.get(f"{url}writing.pdf")["Content-Type"] == "application/pdf"
        page = client_of(cast.director).get("/kpi/writings/", {"kind": "market"})
    assert "Market report" in page.content.decode()
    row = Writing.objects.get()
    assert (row.state, row.is_late, row.read_by, row.remark) == ("read", False, cast.manager, "继续跟进")
    (notice,) = cast.owner.notices.filter(kind="kpi.writing")
    assert "read your writing" in notice.text  # the author's language, whoever read it


def test_t37_the_fifth_counts_as_on_time_by_the_clock_of_the_department(cast):
    in_time = handed_in(cast.owner, datetime(2026, 7, 5, 15, 59, tzinfo=UTC))
    late = handed_in(cast.same_team, datetime(2026, 7, 5, 16, 0, tzinfo=UTC))
    assert (in_time.is_late, late.is_late) == (False, True)
    due, on_time = figures("reports.due", JUNE), figures("reports.on_time", JUNE)
    for user, counted in ((cast.owner, 1), (cast.same_team, 0)):
        holder = Holder(Whose.PERSON, (user.pk,))
        assert (due.of(holder), on_time.of(holder)) == (1, counted)


def test_what_was_handed_in_stays_also_for_the_application(cast, as_application):
    row = handed_in(cast.owner, datetime(2026, 7, 3, tzinfo=UTC))
    with pytest.raises(BusinessError, match="stays as it is"):
        services.write(row, TEXTS, version=row.version, by=cast.owner)
    for sql in (
        "update kpi_writing set handed_in_at = now()",
        "update kpi_writingsection set text = 'x'",
    ):
        with (
            pytest.raises((InternalError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert set(row.sections.values_list("text", flat=True)) == {"回访完成"}


def test_who_owes_the_report_of_last_month_reads_so_today(cast):
    handed_in(cast.owner, datetime(2026, 6, 3, tzinfo=UTC), MAY)
    users = [cast.owner, cast.same_team]
    found = owed_by(users, date(2026, 6, 5))
    assert {pk: (owed.name, owed.is_overdue) for pk, owed in found.items()} == {
        cast.same_team.pk: ("2026-05", False)
    }
    found = owed_by(users, date(2026, 7, 6))
    assert {owed.name for owed in found.values()} == {"2026-06"}
    assert all(owed.is_overdue for owed in found.values())


@pytest.mark.parametrize(
    ("kind", "period"), [(Kind.SUMMARY, "2026-Q2"), (Kind.PLAN, "2026"), (Kind.STRATEGY, "2026")]
)
def test_summaries_plans_and_the_strategy_begin_with_what_is_known(cast, client_of, kind, period):
    make_target(9_000_000)
    with at(date(2026, 7, 3)):
        client_of(cast.director).post("/kpi/writings/new/", {"kind": kind.value, "period": period})
    writing = Writing.objects.get()
    assert (writing.period_name, [part.key for part in writing.sections.all()]) == (
        period,
        list(SECTIONS[kind]),
    )
    filled = {part.key for part in writing.sections.all() if part.text}
    known = {Kind.SUMMARY: {"done", "next"}, Kind.PLAN: {"goals"}, Kind.STRATEGY: {"targets", "internal"}}
    assert known[kind] <= filled
