"""A list narrowed by choices is answered by a kept statement: page for page what its conditions say, whoever asks (ADR 0015)."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.units.models import KeyAccount
from accounts.units.tables import UNITS
from accounts.units.terms import Tier
from kam.lists.paging import read_cursor
from kam.lists.selectors import page_context
from kam.lists.state import ListState
from tests.factories.accounts import make_unit

pytestmark = pytest.mark.django_db
CHOICES = (
    "tier=A",
    "tier=A&tier=B",
    "tier=B&status=developing",
    "tier=A&status=lost&sort=-name",
    "unknown=1",
)


@pytest.fixture
def units(cast):
    """A hundred and twenty units of three owners, two of them of one team."""
    dice = random.Random(7)
    made = [make_unit(owner=dice.choice((cast.owner, cast.same_team, cast.other_team))) for _n in range(120)]
    for unit in made:
        tier, status = dice.choice((Tier.A, Tier.B, Tier.C)), dice.choice(("developing", "lost"))
        KeyAccount.objects.filter(pk=unit.pk).update(tier=tier, status=status)
    return made


def pages(user, text):
    """Return the numbers of all pages, one after the other, and how many there are as the first says."""
    found, after, told = [], "", None
    while True:
        state = ListState(UNITS, user, QueryDict(text + (f"&after={after}" if after else "")), "")
        context = page_context(state, [])
        told = told or context["count_text"]
        assert read_cursor(after, "accounts.units:name") is not None or not after
        found += [int(part.split('"')[0]) for part in context["rows_html"].split('data-row="')[1:]]
        if not context["next_url"]:
            return found, told
        after = QueryDict(context["next_url"].partition("?")[2])["after"]


@pytest.mark.parametrize("text", CHOICES)
@pytest.mark.parametrize("who", ["owner", "lead", "manager", "director", "other_manager"])
def test_every_page_holds_what_the_conditions_say(cast, units, who, text):
    user = getattr(cast, who)
    state = ListState(UNITS, user, QueryDict(text), "")
    assert state.conditions is not None
    said = [unit.pk for unit in state.ordered()]
    found, told = pages(user, text)
    assert found == said
    assert str(len(said)) in told
    assert len(said) < 120 or (text, who) == ("unknown=1", "director")


@pytest.mark.parametrize(
    "text", ["silent=30", "owner=1", "tier=A&flagged=any", "tier=nonsense", "q=x&tier=A"]
)
def test_other_conditions_are_asked_as_they_are(cast, text):
    state = ListState(UNITS, cast.director, QueryDict(text), "")
    assert state.conditions is None or state.words


def test_the_statement_is_made_once(cast, client_of, units):
    page = client_of(cast.director)
    page.get("/accounts/?tier=A&status=developing")
    with CaptureQueriesContext(connection) as caught:
        page.get("/accounts/?status=developing&tier=A")
    assert sum('"sort_key"' in query["sql"] for query in caught.captured_queries) == 0
