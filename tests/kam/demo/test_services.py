"""The story is told once, at its own time, with its own dice."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from kam.demo import registry, services
from kam.demo.models import DemoPart
from kam.demo.story import Size

DAY = date(2026, 6, 23)


@pytest.fixture
def parts(monkeypatch):
    """An empty register for one test."""
    monkeypatch.setattr(registry, "_parts", {})
    return registry.register_part


@pytest.mark.django_db
def test_each_part_plays_once_and_in_order(parts):
    told = []
    parts(30, "later", lambda story: told.append(("later", story.today)))
    parts(10, "first", lambda story: told.append(("first", story.today)))
    assert [(p.name, p.loaded) for p in services.load(size=Size.SMALL, seed=1, day=DAY)] == [
        ("first", True),
        ("later", True),
    ]
    assert [p.loaded for p in services.load(size=Size.ENTERPRISE, seed=2)] == [False, False]
    assert told == [("first", DAY), ("later", DAY)]


@pytest.mark.django_db
def test_a_part_that_fails_leaves_nothing_and_plays_again(parts):
    def broken(story):
        raise RuntimeError("no")

    parts(10, "first", broken)
    with pytest.raises(RuntimeError):
        list(services.load(size=Size.SMALL, seed=1, day=DAY))
    assert DemoPart.objects.count() == 0


@pytest.mark.django_db
def test_the_clock_moves_inside_a_part_and_the_dice_are_its_own(parts):
    seen = {}

    def play(story):
        with story.at(story.day(-30), 17) as moment:
            seen["now"], seen["moment"] = timezone.now(), moment
        seen["dice"] = story.random.random()

    parts(10, "first", play)
    parts(20, "second", lambda story: seen.update(other=story.random.random()))
    list(services.load(size=Size.SMALL, seed=1, day=DAY))
    assert seen["moment"] == datetime(2026, 5, 24, 9, tzinfo=UTC)
    assert abs((seen["now"] - seen["moment"]).total_seconds()) < 5
    assert seen["dice"] != seen["other"]
