"""The drawing: everybody once, nobody over anybody, bosses above their people."""

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from accounts.charts.rules.layout import (
    CARD_HEIGHT,
    CARD_WIDTH,
    LABEL_HEIGHT,
    LABEL_WIDTH,
    MAX_LEVELS,
    STAFF_HEIGHT,
    STAFF_WIDTH,
    draw,
    family,
)
from accounts.charts.rules.picture import Figure, HeldSeat, Picture, Tie
from accounts.roles.terms import Seat

DAY = date(2026, 6, 30)


def picture(bosses, ties=()):
    figures = tuple(Figure(n, f"P{n}", boss_id=boss, influence=n % 5 or None) for n, boss in bosses.items())
    return Picture(DAY, figures, tuple(ties))


@st.composite
def pictures(draw):
    count = draw(st.integers(0, 14))
    ids = list(range(1, count + 1))
    bosses = {n: draw(st.sampled_from([None, 99, *ids])) for n in ids}
    if not ids:
        return picture({})
    ends = st.tuples(st.sampled_from(ids), st.sampled_from([*ids, -1, -2]))
    ties = [
        Tie(one, "trusts", *((two, None) if two > 0 else (None, -two)), staff_name="Lin")
        for one, two in draw(st.lists(ends, max_size=5, unique=True))
        if one != two
    ]
    return picture(bosses, ties)


def boxes(drawing):
    return [
        *((card.x, card.y, CARD_WIDTH, CARD_HEIGHT) for card in drawing.cards),
        *((card.x, card.y, STAFF_WIDTH, STAFF_HEIGHT) for card in drawing.staff),
        *((seat.x, seat.y, CARD_WIDTH, CARD_HEIGHT) for seat in drawing.seats),
    ]


@given(pictures())
def test_everybody_stands_once_inside_and_over_nobody(shown):
    drawing = draw(shown)
    assert sorted(card.figure.id for card in drawing.cards) == sorted(f.id for f in shown.figures)
    placed = boxes(drawing)
    for x, y, width, height in placed:
        assert x >= 0
        assert y >= 0
        assert x + width <= drawing.width
        assert y + height <= drawing.height
    for n, (x, y, width, height) in enumerate(placed):
        for ox, oy, other_width, other_height in placed[n + 1 :]:
            assert x + width <= ox or ox + other_width <= x or y + height <= oy or oy + other_height <= y


@given(pictures())
def test_each_has_one_line_up_and_stands_below_the_boss(shown):
    roots, people = family(shown.figures)
    below = [person.id for group in people.values() for person in group]
    assert sorted([root.id for root in roots] + below) == sorted(f.id for f in shown.figures)
    drawing = draw(shown)
    at = {card.figure.id: card for card in drawing.cards}
    assert len(drawing.lines) == len(below)
    for boss_id, group in people.items():
        assert all(at[person.id].y > at[boss_id].y for person in group)


@given(pictures())
def test_the_same_picture_is_the_same_drawing_whatever_the_order(shown):
    turned = Picture(shown.day, tuple(reversed(shown.figures)), shown.ties)
    assert {c.figure.id: (c.x, c.y) for c in draw(turned).cards} == {
        c.figure.id: (c.x, c.y) for c in draw(shown).cards
    }


def test_a_circle_is_cut_at_its_most_influential_member():
    roots, people = family(picture({4: 3, 3: 4, 1: 3}).figures)
    assert [root.id for root in roots] == [4]
    assert {boss: [p.id for p in group] for boss, group in people.items()} == {4: [3], 3: [1]}


def test_a_chain_deeper_than_any_house_goes_on_beside():
    count = 3 * MAX_LEVELS + 1
    chain = picture({n: n - 1 or None for n in range(1, count + 1)})
    roots, people = family(chain.figures)
    assert [root.id for root in roots] == [1, MAX_LEVELS + 1, 2 * MAX_LEVELS + 1, 3 * MAX_LEVELS + 1]
    assert sum(len(group) for group in people.values()) == count - 4
    assert len(draw(picture({n: n - 1 or None for n in range(1, 1_501)})).cards) == 1_500


def test_three_people_without_people_hang_below_each_other():
    drawing = draw(picture({1: None, 2: 1, 3: 1, 4: 1}))
    at = {card.figure.id: (card.x, card.y) for card in drawing.cards}
    assert len({at[n][0] for n in (2, 3, 4)}) == 1
    assert len({at[n][1] for n in (2, 3, 4)}) == 3


def test_many_heads_wrap():
    drawing = draw(picture(dict.fromkeys(range(1, 13))))
    assert len({card.y for card in drawing.cards}) == 3


def test_layers_can_be_left_out():
    shown = picture({1: None, 2: 1}, [Tie(1, "trusts", 2), Tie(2, "knows", None, 7, staff_name="Lin")])
    full = draw(shown)
    assert [line.tie.kind for line in full.ties] == ["trusts", "knows"]
    assert [card.name for card in full.staff] == ["Lin"]
    assert draw(shown, with_ties=False).ties == ()
    without_staff = draw(shown, with_staff=False)
    assert without_staff.staff == ()
    assert [line.tie.kind for line in without_staff.ties] == ["trusts"]


def test_ties_join_edges_side_by_side_and_bow_where_one_stands_above_the_other():
    shown = picture({1: None, 2: 1, 3: None}, [Tie(1, "trusts", 2), Tie(1, "opposes", 3)])
    lines = {line.tie.kind: line for line in draw(shown).ties}
    at = {card.figure.id: card for card in draw(shown).cards}
    assert lines["trusts"].path.startswith(f"M{at[1].x + CARD_WIDTH} ")
    assert lines["trusts"].x > at[1].x + CARD_WIDTH
    left, right = sorted((at[1], at[3]), key=lambda card: card.x)
    assert left.x + CARD_WIDTH <= lines["opposes"].x <= right.x


def test_labels_of_ties_do_not_touch():
    ties = [Tie(1, "trusts", 2), Tie(1, "opposes", 2), Tie(2, "school", 3), Tie(1, "knows", None, 7)]
    lines = draw(picture({1: None, 2: 1, 3: None}, ties)).ties
    assert len(lines) == len(ties)
    for one, two in combinations(lines, 2):
        assert abs(one.x - two.x) >= LABEL_WIDTH or abs(one.y - two.y) >= LABEL_HEIGHT
    alone = draw(picture({1: None, 2: 1}, ties[:1])).ties[0]
    assert alone.y == next(line.y for line in lines if line.tie.kind == "trusts")


def test_seats_that_nobody_has_stand_at_the_foot():
    figures = (Figure(1, "Xu", seats=(HeldSeat(Seat.USER), HeldSeat(Seat.TECHNICAL))),)
    drawing = draw(Picture(DAY, figures))
    assert [seat.seat for seat in drawing.seats] == [Seat.DECISION_MAKER, Seat.FINANCIAL]
    assert all(seat.y > drawing.cards[0].y + CARD_HEIGHT for seat in drawing.seats)
