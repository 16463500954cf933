"""Choosing a unit by typing: what is offered, what is accepted, and that ten thousand units cost no more than ten."""

import re

import pytest

from accounts.units.models import KeyAccount
from accounts.units.terms import Channel
from kam.search.services import search_keys
from tests.factories.accounts import make_person, make_unit
from visits.appointments.models import Appointment

OFFER = "/search/pick/accounts.unit/"

pytestmark = pytest.mark.django_db


def named(name, owner, **fields):
    keys = search_keys(name)
    return make_unit(
        name, owner=owner, pinyin=keys.pinyin, initials=keys.initials, bigrams=keys.bigrams, **fields
    )


def labels(answer):
    return re.findall(r'data-text="([^"]*)"', answer.content.decode())


def call(unit="", text="", **fields):
    return {
        "origin": "call",
        "caller": "Miss Huang",
        "contact": "0731-12345",
        "unit": unit,
        "unit-text": text,
    } | fields


@pytest.mark.parametrize("typed", ["商会", "泉州", "qzsh", "quanzhou", "泉州商会"])
def test_two_characters_a_sound_or_initials_find_a_unit(cast, client_of, typed):
    named("泉州商会", cast.owner)
    named("长沙酒店", cast.owner)

    assert labels(client_of(cast.owner).get(OFFER, {"q": typed})) == ["泉州商会"]


def test_nobody_is_offered_a_unit_of_another_team(cast, client_of):
    named("泉州商会", cast.owner)
    named("泉州酒店", cast.other_team)

    assert labels(client_of(cast.owner).get(OFFER, {"q": "泉州"})) == ["泉州商会"]
    assert labels(client_of(cast.director).get(OFFER, {"q": "泉州"})) == ["泉州商会", "泉州酒店"]
    assert labels(client_of(cast.admin).get(OFFER, {"q": "泉州"})) == []


def test_one_s_own_units_are_offered_first_and_none_twice(cast, client_of):
    for name, owner in (("泉州安装", cast.owner), ("泉州商会", cast.lead), ("泉州酒店", cast.owner)):
        named(name, owner)
    client = client_of(cast.lead)

    assert labels(client.get(OFFER, {"q": "泉州"})) == ["泉州商会", "泉州安装", "泉州酒店"]
    assert labels(client.get(OFFER))[0] == "泉州商会"


def test_the_units_of_whose_week_it_is_are_offered_first(cast, client_of):
    for name, owner in (("泉州安装", cast.owner), ("泉州商会", cast.lead)):
        named(name, owner)
    offered = client_of(cast.manager).get("/search/pick/visits.plan_unit/", {"within": cast.lead.pk})

    assert labels(offered) == ["泉州商会", "泉州安装"]


def test_many_of_one_s_own_leave_no_place_for_others_and_say_that_more_fit(cast, client_of):
    named("商会一", cast.owner)
    for number in range(21):
        named(f"商会{number:02}", cast.lead)

    answer = client_of(cast.lead).get(OFFER, {"q": "商会"})

    assert (len(labels(answer)), "商会一" in labels(answer), "The first 20" in answer.content.decode()) == (
        20,
        False,
        True,
    )


def test_an_unknown_kind_is_not_there(cast, client_of):
    assert client_of(cast.owner).get("/search/pick/accounts.secret/").status_code == 404


def test_at_most_twenty_are_offered_and_the_page_says_that_more_fit(cast, client_of):
    for number in range(22):
        named(f"商会{number:02}", cast.owner)

    answer = client_of(cast.owner).get(OFFER, {"q": "商会"})

    assert len(labels(answer)) == 20
    assert "The first 20" in answer.content.decode()


def test_persons_are_offered_within_their_unit_only(cast, client_of):
    here, there = named("泉州商会", cast.owner), named("泉州酒店", cast.other_team)
    make_person(here, "Chen")
    make_person(there, "Lin")
    client = client_of(cast.owner)

    assert labels(client.get("/search/pick/accounts.person/", {"within": here.pk})) == ["Chen"]
    assert labels(client.get("/search/pick/accounts.person/", {"within": there.pk})) == []


def test_a_week_is_planned_with_the_units_of_its_owner(cast, client_of):
    named("泉州商会", cast.owner)
    named("泉州酒店", cast.same_team)
    url = "/search/pick/visits.plan_unit/"

    assert labels(client_of(cast.lead).get(url, {"within": cast.owner.pk})) == ["泉州商会"]
    assert labels(client_of(cast.other_lead).get(url, {"within": cast.owner.pk})) == []


def grow(owner, to):
    """Fill the table up to `to` units, as an import would."""
    there = KeyAccount.objects.count()
    KeyAccount.objects.bulk_create(
        KeyAccount(
            name=f"商会{n}", name_key=f"商会{n}", sort_key=f"商会{n}", bigrams=["商会"],
            channel=Channel.CHAMBER, owner=owner, team_id=None,
        )
        for n in range(there, to)
    )  # fmt: skip


def test_forms_and_offer_cost_the_same_with_ten_and_ten_thousand_units(
    cast, client_of, django_assert_max_num_queries
):
    client = client_of(cast.director)

    def cost(url, **params):
        client.get(url, params)  # what is asked once a process is asked now
        with django_assert_max_num_queries(100) as asked:
            answer = client.get(url, params)
        assert answer.status_code == 200
        return len(asked), len(
            re.sub(rb'csrf[^>]*>|nonce-[^\'"]*|value="[0-9a-f-]{36}"', b"", answer.content)
        ) // 500

    pages = [(url, {}) for url in ("/visits/appointments/new/", "/visits/calls/", "/accounts/new/")]
    grow(cast.owner, 30)
    few = [cost(url, **params) for url, params in [*pages, (OFFER, {"q": "商会"})]]
    grow(cast.owner, 10_000)
    many = [cost(url, **params) for url, params in [*pages, (OFFER, {"q": "商会"})]]

    assert many == few


def test_a_unit_of_another_team_is_refused_at_the_field_and_nothing_changes(cast, client_of):
    far = named("泉州酒店", cast.other_team)

    for body in (call(far.pk), call(far.pk, far.name), call("", far.name)):
        if body["unit-text"] == "":
            del body["unit-text"]
        answer = client_of(cast.owner).post("/visits/appointments/new/", body)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit", "user"][:1])

    assert Appointment.objects.count() == 0


def test_without_javascript_the_whole_name_or_code_names_the_unit(cast, client_of):
    unit = named("泉州商会", cast.owner, credit_code="91350500MA2XN0QK4T")
    client = client_of(cast.owner)

    for text in ("泉州商会", "91350500MA2XN0QK4T", "泉州商会 (91350500MA2XN0QK4T)"):
        answer = client.post("/visits/appointments/new/", call("", text))
        assert answer.status_code == 302, answer.context["form"].errors

    assert set(Appointment.objects.values_list("unit", flat=True)) == {unit.pk}
    assert Appointment.objects.count() == 3


def test_a_part_that_fits_several_is_answered_at_the_field_with_their_names(cast, client_of):
    named("泉州商会", cast.owner)
    named("泉州酒店", cast.owner)

    answer = client_of(cast.owner).post("/visits/appointments/new/", call("", "泉州"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["unit"] == ["Which one is meant? 泉州商会, 泉州酒店"]
    assert 'value="泉州"' in answer.content.decode()
    assert Appointment.objects.count() == 0


def test_text_typed_over_a_choice_counts_and_not_the_number_left_behind(cast, client_of):
    old, new = named("泉州商会", cast.owner), named("长沙酒店", cast.owner)

    client_of(cast.owner).post("/visits/appointments/new/", call(old.pk, "长沙酒店"))

    assert Appointment.objects.get().unit == new


def test_a_form_shows_the_chosen_unit_only(cast, client_of):
    chosen = named("泉州商会", cast.owner)
    named("长沙酒店", cast.owner)

    text = client_of(cast.owner).get("/visits/calls/", {"unit": chosen.pk}).content.decode()

    assert f'name="unit" value="{chosen.pk}"' in text
    assert "泉州商会" in text
    assert "长沙酒店" not in text
