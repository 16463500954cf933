"""The tour says to each position what KAM is for in its day, and is offered in the first two weeks only."""

from datetime import timedelta

import pytest

from kam.core.clock import business_date
from kam.core.frame import exists
from kam.today.tour import STOPS, collect_tour, tour_of

pytestmark = pytest.mark.django_db


def titles(user):
    return [str(stop.title) for stop in tour_of(user)]


def test_every_stop_leads_somewhere():
    assert [stop.url for stop in STOPS if not exists(stop.url)] == []


def test_each_position_reads_its_own_day(cast, client_of):
    seller = ["Today", "Plan the week", "Log a visit in a minute", "Hand in the evening form", "Away?"]
    assert titles(cast.owner) == seller
    assert titles(cast.admin) == ["Set up the department", "Keep it running", "Away?"]
    assert titles(cast.clerk) == ["Today", "Away?"]
    assert "Decide" in titles(cast.manager)
    assert "Log a visit in a minute" in client_of(cast.owner).get("/help/").content.decode()


def test_only_who_joined_lately_is_asked_to_look(cast, client_of):
    today = business_date()
    cast.owner.joined_on, cast.lead.joined_on = today - timedelta(days=13), today - timedelta(days=14)
    assert list(collect_tour([cast.owner, cast.lead], today)) == [cast.owner.pk]
    cast.owner.save(update_fields=["joined_on"])
    assert "New here?" in client_of(cast.owner).get("/").content.decode()


def test_the_plus_on_the_phone_is_there_for_those_who_visit(cast, client_of):
    for who, there in ((cast.owner, True), (cast.manager, True), (cast.admin, False), (cast.clerk, False)):
        assert ('<span class="plus">' in client_of(who).get("/help/").content.decode()) is there
