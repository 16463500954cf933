"""How complete a file is, and which definitions contradict themselves."""

from types import SimpleNamespace

import pytest
from django.conf import settings

from accounts.archive.parts import PARTS
from accounts.archive.permissions import can_see_archive
from accounts.archive.rules import definition_problem, standing_of
from accounts.archive.terms import FilePart, first_definition
from kam.users.scopes import Reach, Scope

ORDER = ("a", "b", "c", "d")


def test_the_worked_examples_are_true():
    text = (settings.BASE_DIR / "docs/domain/archive.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line[:2] == "| "
    ][1:]
    assert len(rows) == 4
    rules = {"weights": {"a": 50, "b": 30, "c": 20}, "must": ["a", "b"]}
    for has, percent, missing, complete in rows:
        found = set(has.replace("–", "").split())
        told = standing_of(rules, found, ORDER)
        assert (told.percent, " ".join(told.missing) or "–", told.is_complete) == (
            int(percent),
            missing,
            complete == "yes",
        ), has


def test_a_part_that_nobody_asks_for_is_neither_counted_nor_missing():
    told = standing_of({"weights": {"a": 100}, "must": ["a"]}, {"d"}, ORDER)
    assert (told.percent, told.missing, told.must, told.is_full) == (0, ("a",), frozenset({"a"}), False)
    assert standing_of({"weights": {"a": 100}, "must": ["a"]}, {"a"}, ORDER).is_full


@pytest.mark.parametrize(
    ("weights", "must", "problem"),
    [
        ({"a": 60, "b": 39}, ["a"], "weights"),
        ({"a": 60, "b": 41}, ["a"], "weights"),
        ({"a": 60, "b": 40}, [], "must"),
        ({"a": 60, "b": 40}, ["a", "c"], "weightless"),
        ({"a": 60, "b": 40}, ["a", "b"], None),
    ],
)
def test_what_is_wrong_with_a_definition(weights, must, problem):
    assert definition_problem({"weights": weights, "must": must}) == problem


def test_the_first_definition_fits_and_knows_every_part():
    first = first_definition()
    assert definition_problem(first) is None
    assert list(first["weights"]) == [part.value for part in FilePart] == list(PARTS)


@pytest.mark.parametrize(
    ("reach", "is_active", "may"),
    [(Reach.OWN, True, True), (Reach.OWN, False, False), (Reach.NOTHING, True, False)],
)
def test_who_sees_the_list(reach, is_active, may):
    user = SimpleNamespace(is_active=is_active, _kam_scope=Scope(reach, reach, 1, ()))
    assert can_see_archive(user) is may
