"""What the deciders saw is kept in every language of the house and read in the reader's; old rows read as they stand."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kam.approvals import services
from kam.approvals.cards import cards_for
from kam.approvals.models import Request, Snapshot
from kam.approvals.selectors import changes_that_void, snapshot_of, with_rounds
from kam.approvals.snapshots import frozen, merge, plain, spoken
from kam.people.models import PositionChange
from kam.people.services.positions import propose_position
from kam.users.terms import Position
from tests.factories.approvals import make_route, make_wish

LANGUAGES = ("en", "zh-hans", "zh-hant")
texts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=2), inner),
    max_leaves=12,
)


@given(texts)
def test_what_is_the_same_everywhere_is_kept_as_it_is(content):
    assert merge(dict.fromkeys(LANGUAGES, content)) == content
    assert spoken(content, "en") == content


@given(texts, texts, texts)
def test_each_language_reads_what_it_said(one, two, three):
    told = dict(zip(LANGUAGES, (one, two, three), strict=True))
    assert {name: spoken(merge(told), name) for name in LANGUAGES} == told


def test_only_what_differs_is_kept_three_times():
    told = {"en": {"n": 3, "rows": [["Day", "7"]]}, "zh-hans": {"n": 3, "rows": [["日期", "7"]]}}
    assert merge(told) == {"n": 3, "rows": [[{"@": {"en": "Day", "zh-hans": "日期"}}, "7"]]}


def test_a_language_that_was_added_later_reads_english():
    assert spoken({"@": {"en": "Day", "zh-hans": "日期"}}, "fr") == "Day"


@pytest.fixture
def asked(cast):
    """A change of position that was submitted by somebody who reads Simplified Chinese."""
    with translation.override("zh-hans"):
        propose_position(cast.owner, Position.TEAM_LEAD, reason="Leads already", by=cast.admin)
    return Request.objects.get(subject_key="position_change")


def card(reader, request, language):
    with translation.override(language):
        return cards_for(reader, with_rounds([request.pk]))[0].content["facts"]


def test_a_card_speaks_the_language_of_its_reader_not_of_who_submitted_it(cast, asked):
    assert card(cast.hr, asked, "en") == [
        ["Position so far", "Key-account specialist"],
        ["New position", "Team lead"],
    ]
    hans, hant = card(cast.hr, asked, "zh-hans"), card(cast.hr, asked, "zh-hant")
    assert hans[0][1] == "大客户专员"
    assert hant[0][1] == "大客戶專員"
    with translation.override("en"):
        assert snapshot_of(asked)["facts"][1] == ["New position", "Team lead"]


def test_a_row_of_before_reads_as_it_was_written(cast, asked):
    old = {"title": "江小林", "facts": [["新职位", "组长"]], "why": "已经带队"}
    assert spoken(old, "en") == old


def test_the_same_thing_freezes_the_same_way_in_whatever_language_it_is_submitted(cast, asked):
    from kam.approvals.registry import subject_of

    change = PositionChange.objects.get()
    frozen_in = []
    for language in LANGUAGES:
        with translation.override(language):
            frozen_in.append(frozen(subject_of("position_change"), change))
    assert frozen_in[0] == frozen_in[1] == frozen_in[2] == Snapshot.objects.get().content


@pytest.mark.parametrize("reading", LANGUAGES)
def test_a_language_alone_voids_no_approval(cast, reading):
    make_route({"by": ["manager"]})
    wish = make_wish(cast.owner, "10.00")
    with translation.override("zh-hans"):
        request = services.submit("wish", wish, by=cast.owner)
    services.approve(request, by=cast.manager, version=request.version)
    with translation.override(reading):
        assert changes_that_void("wish", wish) == []


def test_plain_keeps_what_json_knows():
    assert plain({1: (1, None, True)}) == {"1": [1, None, True]}


@pytest.mark.parametrize("round_number", [1, 2])
def test_what_did_the_director_see_is_for_who_asked_and_who_decides_alone(cast, client_of, round_number):
    """Deciders see the frozen snapshot while and after the step is theirs; the manager of another team never (12-decisions 3)."""
    make_route({"by": ["manager"]}, {"by": ["director"]}, {"by": ["finance"]})
    wish = make_wish(cast.owner, "100.00", title="A lamp")
    request = services.submit("wish", wish, by=cast.owner)
    services.approve(request, by=cast.manager, version=request.version)
    request.refresh_from_db()
    if round_number == 2:
        request = services.return_for_changes(
            request, by=cast.director, version=request.version, reason="Cheaper"
        )
        wish.items.update(price=40)
        request = services.submit("wish", wish, by=cast.owner)
    codes = {
        name: client_of(getattr(cast, name)).get(f"/approvals/{request.pk}/").status_code
        for name in EVERYBODY
    }
    assert {name for name, code in codes.items() if code == 200} == {"owner", "manager", "director"}
    assert {code for code in codes.values() if code != 200} == {404}
    page = client_of(cast.director).get(f"/approvals/{request.pk}/").content.decode()
    assert "A lamp" in page
    assert ("100.00" in page, "40.00" in page) == (True, round_number == 2)


EVERYBODY = (
    "owner", "same_team", "lead", "manager", "other_team", "other_lead", "other_manager", "director", "marketing", "gm",
    "finance", "clerk", "hr", "admin",
)  # fmt: skip
