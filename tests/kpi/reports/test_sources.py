"""Follow-up forms, gifts, people and score sheets as sources: each reader counts their own rows, and no list names who got a gift."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.gifts.models import GiftRequest
from kpi.reports.registry import source_called, sources_for
from tests.factories.kpi import make_sheet
from tests.kpi.reports.test_reports import asked, pivot_of
from tests.permissions import campaigns_gifts
from visits.followups.models import FollowUp

pytestmark = pytest.mark.django_db


def file_form(user, day, **more):
    return FollowUp.objects.create(
        user=user, team=user.memberships.get().team, day=day, submitted_at=timezone.now(), **more
    )


def total(user, key, query):
    return pivot_of(asked(user, key, query)).total


def test_forms_are_counted_within_the_rows_of_the_reader(cast, client_of):
    file_form(cast.owner, date(2026, 6, 3))
    file_form(cast.owner, date(2026, 6, 4), is_late=True, problems="车坏了")
    file_form(cast.other_team, date(2026, 6, 4))
    FollowUp.objects.create(user=cast.owner, team=cast.team, day=date(2026, 6, 5))  # not handed in
    readers = (cast.owner, cast.same_team, cast.manager, cast.director, cast.clerk)
    asked_for = {
        figure: [total(user, "followups", f"figure={figure}&span=all") for user in readers]
        for figure in ("count", "late", "problems", "people")
    }
    assert asked_for == {
        "count": [2, 0, 2, 3, 3], "late": [1, 0, 1, 1, 1], "problems": [1, 0, 1, 1, 1], "people": [1, 0, 1, 2, 2],
    }  # fmt: skip
    page = client_of(cast.manager).get("/reports/rows/followups/?counted=late").content.decode()
    assert ("车坏了" in page, cast.other_team.name in page) == (True, False)


def test_a_gift_counts_on_the_day_it_was_given_and_names_nobody(cast, client_of):
    gift = GiftRequest.objects.get(**campaigns_gifts.handed(cast))
    GiftRequest.objects.filter(pk=gift.pk).update(on=date(2026, 3, 1))
    days = f"span=chosen&since={gift.handed_on}&until={gift.handed_on}"
    amount = Decimal(gift.quantity) * gift.price_amount
    told = [
        total(user, "gifts", f"figure=amount&{days}")
        for user in (cast.owner, cast.other_team, cast.finance, cast.clerk)
    ]
    assert told == [amount, 0, amount, amount]
    assert total(cast.owner, "gifts", "span=chosen&since=2026-03-01&until=2026-03-01") == 0
    page = client_of(cast.clerk).get("/reports/rows/gifts/?counted=given").content.decode()
    assert (gift.unit.name in page, gift.person.name in page) == (True, False)


def test_people_are_counted_as_far_as_one_reads_them(cast):
    everybody = total(cast.director, "staff", "figure=count")
    told = [
        total(user, "staff", "figure=count") for user in (cast.hr, cast.manager, cast.owner, cast.same_team)
    ]
    assert told == [everybody, 4, 1, 1]
    assert total(cast.hr, "staff", "figure=left") == total(cast.clerk, "staff", "figure=left") == 1
    lines = {
        line.label: line.total for line in pivot_of(asked(cast.hr, "staff", "rows=team&figure=count")).lines
    }
    assert lines[str(cast.team)] == 3  # two specialists and the lead
    assert lines["–"] == total(cast.hr, "staff", "figure=no_team")


def test_scores_are_for_whoever_reads_scores(cast, client_of):
    make_sheet(cast.owner)  # opens the month for everybody
    seen = {
        user: {line.label for line in pivot_of(asked(user, "scores", "rows=person&span=all")).lines}
        for user in (cast.owner, cast.manager, cast.director, cast.hr)
    }
    assert seen[cast.owner] == {cast.owner.name}
    assert cast.owner.name in seen[cast.manager]
    assert cast.other_team.name not in seen[cast.manager]
    assert seen[cast.director] == seen[cast.hr] >= {cast.owner.name, cast.other_team.name}
    assert "scores" not in [source.key for source in sources_for(cast.clerk)]
    assert not source_called("staff").can_open(cast.finance)
    answers = [
        client_of(user).get(f"/reports/pivot/{key}/").status_code
        for user, key in ((cast.clerk, "scores"), (cast.finance, "staff"), (cast.hr, "visits"), (cast.hr, "staff"))
    ]  # fmt: skip
    assert answers == [403, 403, 403, 200]
