"""Choosing colleagues by typing."""

import re

import pytest
from django import forms

from kam.search.forms import PickManyField
from kam.users.models import User

pytestmark = pytest.mark.django_db


def offered(client, **params):
    answer = client.get("/search/pick/users.colleague/", params)
    return re.findall(r'data-text="([^"]*)"', answer.content.decode())


def test_colleagues_are_found_by_name_number_and_initials(cast, client_of):
    cast.same_team.name = "陈建国"
    cast.same_team.save(update_fields=["name"])
    client = client_of(cast.owner)

    for typed in ("建国", cast.same_team.staff_number, "cjg", "chenjian"):
        assert offered(client, q=typed) == ["陈建国"]


def test_nobody_is_offered_oneself_or_who_left(cast, client_of):
    cast.same_team.is_active = False
    cast.same_team.save(update_fields=["is_active"])

    names = offered(client_of(cast.owner))

    assert cast.owner.name not in names
    assert cast.same_team.name not in names
    assert cast.lead.name in names


class Companions(forms.Form):
    people = PickManyField("users.colleague", User.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = User.objects.working()


def test_several_people_are_named_one_after_the_other(cast):
    form = Companions({"people-text": f"{cast.lead.name}、 {cast.owner.name} ({cast.owner.staff_number})，"})

    assert form.is_valid(), form.errors
    assert set(form.cleaned_data["people"]) == {cast.lead, cast.owner}


def test_a_name_that_two_people_have_is_asked_back(cast):
    for person in (cast.lead, cast.owner):
        person.name = "王伟"
        person.save(update_fields=["name"])

    form = Companions({"people-text": "王伟"})

    assert not form.is_valid()
    assert cast.lead.staff_number in form.errors["people"][0]
    assert cast.owner.staff_number in form.errors["people"][0]


def test_a_field_names_only_rows_that_may_be_chosen(cast):
    hidden = cast.other_team
    form = Companions(initial={"people": [cast.lead.pk, hidden.pk]})
    form.fields["people"].queryset = User.objects.exclude(pk=hidden.pk)

    shown = str(form["people"])

    assert f'value="{cast.lead.name} ({cast.lead.staff_number})"' in shown


def test_a_field_without_numbers_shows_what_was_typed_and_nobody_else(cast):
    form = Companions({"people-text": "谁也不是"})

    assert not form.is_valid()
    assert 'value="谁也不是"' in str(form["people"])
