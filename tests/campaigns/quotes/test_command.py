"""`manage.py quote`: the shape that others rely on, to the cent."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from tests.campaigns.quotes.ask import quote


@pytest.fixture(autouse=True)
def _campaigns(db):
    call_command("load_campaigns", stdout=StringIO())


def test_the_worked_example_has_exactly_this_shape():
    assert quote() == {
        "list": "442000.00",
        "regular": "433160.00",
        "final": "424496.80",
        "regular_saving": "8840.00",
        "group_saving": "8663.20",
        "saving": "17503.20",
        "if_reached": "424496.80",
        "sets_total": "3820471.20",
        "group": {"state": "reached", "count": 9, "threshold": 9, "missing": 0},
        "steps": [
            {
                "rule": "housing-2008/regular/lump-sum",
                "version": 1,
                "factor": "0.98",
                "before": "442000.00",
                "after": "433160.00",
                "reason": "regular discount of this payment mode",
            },
            {
                "rule": "housing-2008/group/chamber",
                "version": 1,
                "factor": "0.98",
                "before": "433160.00",
                "after": "424496.80",
                "reason": "9 sets signed, 9 needed",
            },
        ],
    }


@pytest.mark.parametrize(
    ("asked", "state", "final", "if_reached"),
    [
        (["--sets", "8"], "not_reached", "433160.00", "424496.80"),
        (["--payment", "mortgage"], "reached", "433160.00", "433160.00"),
        (["--channel", "market"], "reached", "424496.80", "424496.80"),
        (["--channel", "factory", "--sets", "8"], "not_reached", "433160.00", "424496.80"),
        (["--channel", "factory"], "reached", "424496.80", "424496.80"),
        (["--channel", "teachers", "--sets", "1"], "certificate_missing", "433160.00", "424496.80"),
        (["--channel", "teachers", "--sets", "1", "--certificate"], "reached", "424496.80", "424496.80"),
        (["--sets", "1", "--certificate"], "reached", "424496.80", "424496.80"),
        (["--channel", "bank"], "no_rule", "433160.00", "433160.00"),
        (["--on", "2008-05-14"], "outside_window", "433160.00", "433160.00"),
        (["--on", "2008-05-15"], "reached", "424496.80", "424496.80"),
        (["--on", "2008-07-15"], "reached", "424496.80", "424496.80"),
        (["--on", "2008-07-16"], "outside_window", "433160.00", "433160.00"),
        (["--campaign", "gift-boxes-2012"], "not_configured", "442000.00", "442000.00"),
    ],
)
def test_each_state(asked, state, final, if_reached):
    told = quote(*asked)
    assert (told["group"]["state"], told["final"], told["if_reached"]) == (state, final, if_reached)


def test_without_a_day_the_offer_is_judged_while_it_runs():
    with time_machine.travel(date(2008, 6, 1)):
        assert quote()["group"]["state"] == "reached"
    with time_machine.travel(date(2026, 6, 1)):
        assert quote()["group"]["state"] == "reached"
        assert quote("--on", "2026-06-01")["group"]["state"] == "outside_window"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--campaign", "x"], "there is no campaign x"),
        (["--channel", "moon"], "--channel moon: one of chamber"),
        (["--unit-price", "-1"], "--unit-price -1: an amount above 0"),
        (["--area", "NaN"], "--area NaN: an amount above 0"),
        (["--area", "many"], "--area many: an amount above 0"),
        (["--sets", "0"], "--sets 0: a number of sets from 1"),
        (["--payment", "gold"], "--payment gold: one of lump-sum"),
        (["--on", "yesterday"], "--on yesterday: a day such as"),
    ],
)
def test_what_is_wrong_is_said_with_exit_1(asked, words):
    told, errors = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        quote(*asked, stdout=told, stderr=errors)
    assert left.value.code == 1
    assert json.loads(told.getvalue())["error"].startswith(words)
    assert errors.getvalue().startswith(words)


def test_people_read_the_steps_as_lines():
    told = StringIO()
    quote(stdout=told, as_json=False)
    assert told.getvalue().splitlines()[-1] == "424496.80 a set, 17503.20 saved; 3820471.20 in all"
