"""A competitor's page: where it sits, with what, whom it took from us and we from it; only the reader's own units tell."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.competition.models import Competitor, ProductLine, ProductPosition
from accounts.competition.rules import Position, turn_of
from accounts.competition.services import learn_position
from accounts.competition.terms import Supply, Turn
from tests.factories.accounts import make_unit

OURS, RIVAL, NOBODY = Supply.OURS, Supply.COMPETITOR, Supply.NOBODY
THEIRS, OTHERS = Position(RIVAL, "天元花园"), Position(RIVAL, "美的城")


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (None, THEIRS, Turn.CAME),
        (None, OTHERS, None),
        (OTHERS, THEIRS, Turn.CAME),
        (Position(OURS), THEIRS, Turn.LOST),
        (THEIRS, Position(OURS), Turn.WON),
        (THEIRS, OTHERS, Turn.LEFT),
        (THEIRS, Position(NOBODY), Turn.LEFT),
        (THEIRS, THEIRS, None),
        (Position(OURS), Position(NOBODY), None),
    ],
)
def test_who_won_and_who_lost(before, after, turn):
    assert turn_of(before, after, "天元花园") is turn


@pytest.fixture
def line(db):
    return ProductLine.objects.get_or_create(code="dwellings", defaults={"label": "Dwellings"})[0]


def learn(unit, line, position, day, by, **texts):
    seen = ProductPosition.objects.filter(unit=unit, line=line).order_by("-learned_on", "-pk").first()
    seen_pk = seen.pk if seen else None
    return learn_position(unit, line, position, by=by, seen=seen_pk, learned_on=day, texts=texts)


def test_the_page_tells_what_the_own_units_know(cast, line, client_of):
    mine, lost = make_unit("泉州商会", owner=cast.owner), make_unit("温州商会", owner=cast.owner)
    far = make_unit("株洲商会", owner=cast.other_team)
    texts = {"price": "每平米 3,150 元", "contacts": "周经理，认识办公室主任", "weaknesses": "交房晚"}
    offer = Position(RIVAL, "天元花园", value_amount=Decimal(300_000))
    learn(mine, line, offer, date(2026, 3, 1), cast.owner, **texts)
    learn(lost, line, THEIRS, date(2026, 3, 1), cast.owner)
    learn(lost, line, Position(OURS), date(2026, 5, 1), cast.owner)
    learn(far, line, Position(OURS), date(2026, 3, 1), cast.other_team)
    learn(far, line, THEIRS, date(2026, 5, 1), cast.other_team)
    rival = Competitor.objects.get()
    page = client_of(cast.owner).get(f"/competitors/{rival.pk}/").content.decode()
    for text in (
        *texts.values(),
        "泉州商会",
        "300,000.00",
        "won from them: 1, lost to them: 0",
        "1 line at our",
    ):
        assert text in page
    assert "株洲商会" not in page
    everywhere = client_of(cast.director).get(f"/competitors/{rival.pk}/").content.decode()
    assert "won from them: 1, lost to them: 1" in everywhere
    listed = client_of(cast.owner).get("/competitors/").content.decode()
    assert f'href="/competitors/{rival.pk}/"' in listed
    assert "每平米 3,150 元" in listed
    answer = client_of(cast.owner).get("/competitors/?export=csv")
    assert "天元花园,Dwellings" in b"".join(answer.streaming_content).decode()
    answer.close()


def test_a_name_that_only_others_know_is_no_page(cast, line, client_of):
    learn(make_unit(owner=cast.other_team), line, THEIRS, date(2026, 3, 1), cast.other_team)
    rival = Competitor.objects.get()
    assert client_of(cast.owner).get(f"/competitors/{rival.pk}/").status_code == 404


def test_the_page_costs_the_same_for_many_units(cast, line, client_of):
    client = client_of(cast.owner)
    learn(make_unit(owner=cast.owner), line, THEIRS, date(2026, 3, 1), cast.owner)
    address = Competitor.objects.get().get_absolute_url()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost()
    one = cost()
    for _n in range(10):
        learn(make_unit(owner=cast.owner), line, THEIRS, date(2026, 3, 1), cast.owner)
    assert cost() == one
