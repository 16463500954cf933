"""Where everything stands on the map: a drawing in whole pixels, the same for the same picture (F04).

Bosses stand above their people, centred; more than two people without people of their own hang below each other under their boss,
so that a wide department stays narrow. Separate trees stand side by side and wrap. Our own people stand on the left edge, empty
seats in a row of their own at the foot.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from accounts.charts.rules.picture import Figure, Picture, Tie
from accounts.roles.terms import Seat

CARD_WIDTH, CARD_HEIGHT = 176, 64
GAP, LEVEL_GAP, HANG_GAP, HANG_INDENT = 24, 44, 14, 28
STAFF_WIDTH, STAFF_HEIGHT = 128, 40
EDGE = 24
MAX_WIDTH = 1_120
#: No house has so many levels; whoever stands deeper stands at the head of a tree of their own.
MAX_LEVELS = 30
#: How far a bow stands out; neighbours differ, so that their labels do.
BOW, BOW_STEP, BOW_STEPS = 44, 22, 3
HANG_FROM = 3
#: The room a label of a tie takes in the languages we have, and where it may step to so that it touches no other.
LABEL_WIDTH, LABEL_HEIGHT = 104, 15
LABEL_STEPS = (0, 15, -15, 30, -30)


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card: its upper left corner."""

    figure: Figure
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class StaffCard:
    """One of us who knows somebody there."""

    id: int
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class EmptySeat:
    seat: Seat
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A reporting line as an SVG path."""

    path: str


@dataclass(frozen=True, slots=True)
class TieLine:
    """A relation as an SVG path between two cards; (x, y) is where its label stands."""

    tie: Tie
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the map, and its size."""

    width: int
    height: int
    cards: tuple[Card, ...] = ()
    lines: tuple[Line, ...] = ()
    ties: tuple[TieLine, ...] = ()
    staff: tuple[StaffCard, ...] = ()
    seats: tuple[EmptySeat, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class _Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def centre(self) -> int:
        return self.y + self.height // 2


@dataclass(slots=True)
class _Board:
    """What has been placed so far."""

    people: Mapping[int, Sequence[Figure]]
    at: dict[int, tuple[int, int]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    bottom: int = EDGE

    def put(self, figure: Figure, x: int, y: int) -> None:
        self.at[figure.id] = (x, y)
        self.bottom = max(self.bottom, y + CARD_HEIGHT)


def draw(picture: Picture, *, with_ties: bool = True, with_staff: bool = True) -> Drawing:
    """Return the map of a picture. Everybody stands on it exactly once and no two cards overlap."""
    ties = picture.ties if with_ties else ()
    ours = _ours(picture.ties) if with_staff else {}
    left = EDGE + (STAFF_WIDTH + 2 * GAP if ours else 0)
    roots, people = family(picture.figures)
    board = _Board(people)
    right = _place_trees(board, roots, left)
    cards = tuple(Card(figure, *board.at[figure.id]) for figure in picture.figures)
    staff = tuple(
        StaffCard(staff_id, name, EDGE, EDGE + row * (STAFF_HEIGHT + HANG_GAP))
        for row, (staff_id, name) in enumerate(sorted(ours.items()))
    )
    right += BOW + BOW_STEP * BOW_STEPS if ties else 0
    bottom = max([board.bottom, *(card.y + STAFF_HEIGHT for card in staff)])
    seats = tuple(
        EmptySeat(seat, left + place * (CARD_WIDTH + GAP), bottom + LEVEL_GAP)
        for place, seat in enumerate(picture.empty_seats)
    )
    return Drawing(
        width=max([right, *(seat.x + CARD_WIDTH for seat in seats)]) + EDGE,
        height=(seats[0].y + CARD_HEIGHT if seats else bottom) + EDGE,
        cards=cards,
        lines=tuple(board.lines),
        ties=tuple(_tie_lines(ties, cards, staff)),
        staff=staff,
        seats=seats,
    )


def family(figures: Iterable[Figure]) -> tuple[list[Figure], dict[int, list[Figure]]]:
    """Return the heads and, per person, those who report to them; a circle is cut at its most influential member."""
    figures = sorted(figures, key=_weight)
    there = {figure.id: figure for figure in figures}
    people: dict[int, list[Figure]] = defaultdict(list)
    roots = []
    cuts = _cuts(figures, there)
    for figure in figures:
        if figure.boss_id in there and figure.id not in cuts:
            people[figure.boss_id].append(figure)
        else:
            roots.append(figure)
    return _without_the_deepest(roots, people), dict(people)


def _without_the_deepest(roots: list[Figure], people: dict[int, list[Figure]]) -> list[Figure]:
    """Return the heads, with those of deeper levels behind them; their lines upwards are cut."""
    heads, level = list(roots), list(roots)
    depth = 1
    while level:
        below = [person for figure in level for person in people.get(figure.id, ())]
        if depth == MAX_LEVELS:
            for figure in level:
                people.pop(figure.id, None)
            heads += below
            depth = 0
        level, depth = below, depth + 1
    return heads


def _weight(figure: Figure) -> tuple[int, int]:
    return -(figure.influence or 0), figure.id


def _cuts(figures: Iterable[Figure], there: Mapping[int, Figure]) -> set[int]:
    """Return at whom each circle of bosses is cut. Everybody is passed once, however long the lines upwards are."""
    cuts: set[int] = set()
    passed: set[int] = set()
    for figure in figures:
        path: dict[int, Figure] = {}
        node: Figure | None = figure
        while node is not None and node.id not in passed and node.id not in path:
            path[node.id] = node
            node = there.get(node.boss_id or 0)
        if node is not None and node.id in path:
            ids = list(path)
            circle = [path[person_id] for person_id in ids[ids.index(node.id) :]]
            cuts.add(min(circle, key=_weight).id)
        passed |= path.keys()
    return cuts


def _place_trees(board: _Board, roots: Sequence[Figure], left: int) -> int:
    """Place tree after tree, wrapping at MAX_WIDTH; return the right edge."""
    x, y, right = left, EDGE, left
    for root in roots:
        width = _width(board, root)
        if x > left and x + width > left + MAX_WIDTH:
            x, y = left, board.bottom + LEVEL_GAP
        _place(board, root, x, y)
        x += width + GAP
        right = max(right, x - GAP)
    return right


def _hangs(board: _Board, figure: Figure) -> bool:
    people = board.people.get(figure.id, ())
    return len(people) >= HANG_FROM and not any(person.id in board.people for person in people)


def _width(board: _Board, figure: Figure) -> int:
    people = board.people.get(figure.id, ())
    if not people:
        return CARD_WIDTH
    if _hangs(board, figure):
        return CARD_WIDTH + HANG_INDENT
    return max(CARD_WIDTH, sum(_width(board, person) for person in people) + GAP * (len(people) - 1))


def _place(board: _Board, figure: Figure, x: int, y: int) -> None:
    """Place `figure` and everybody below in the strip that starts at `x`, and draw their lines."""
    people = board.people.get(figure.id, ())
    if _hangs(board, figure):
        board.put(figure, x, y)
        _hang(board, people, x, y)
        return
    board.put(figure, x + (_width(board, figure) - CARD_WIDTH) // 2, y)
    below = y + CARD_HEIGHT + LEVEL_GAP
    for person in people:
        _place(board, person, x, below)
        board.lines.append(_elbow(board.at[figure.id], board.at[person.id]))
        x += _width(board, person) + GAP


def _hang(board: _Board, people: Sequence[Figure], x: int, y: int) -> None:
    stem = x + HANG_INDENT // 2
    for place, person in enumerate(people):
        top = y + CARD_HEIGHT + HANG_GAP + place * (CARD_HEIGHT + HANG_GAP)
        board.put(person, x + HANG_INDENT, top)
        board.lines.append(Line(f"M{stem} {y + CARD_HEIGHT}V{top + CARD_HEIGHT // 2}H{x + HANG_INDENT}"))


def _elbow(above: tuple[int, int], below: tuple[int, int]) -> Line:
    start, end = above[0] + CARD_WIDTH // 2, below[0] + CARD_WIDTH // 2
    half = (above[1] + CARD_HEIGHT + below[1]) // 2
    return Line(f"M{start} {above[1] + CARD_HEIGHT}V{half}H{end}V{below[1]}")


def _ours(ties: Iterable[Tie]) -> dict[int, str]:
    return {tie.staff_id: tie.staff_name for tie in ties if tie.staff_id is not None}


def _tie_lines(ties: Iterable[Tie], cards: Iterable[Card], staff: Iterable[StaffCard]) -> Iterable[TieLine]:
    boxes = {card.figure.id: _Box(card.x, card.y, CARD_WIDTH, CARD_HEIGHT) for card in cards}
    ours = {card.id: _Box(card.x, card.y, STAFF_WIDTH, STAFF_HEIGHT) for card in staff}
    found: list[TieLine] = []
    for place, tie in enumerate(ties):
        end = boxes.get(tie.other_id or 0) or ours.get(tie.staff_id or 0)
        if end is not None:
            line = _tie_line(tie, boxes[tie.person_id], end, BOW + BOW_STEP * (place % BOW_STEPS))
            found.append(_clear_of(line, found, [*boxes.values(), *ours.values()]))
    return found


def _clear_of(line: TieLine, others: Sequence[TieLine], boxes: Iterable[_Box]) -> TieLine:
    """Move the label of a tie up or down where it would touch another one; onto a card only where nothing else is left."""
    free = [
        line.y + step for step in LABEL_STEPS if not any(_touch(line.x, line.y + step, it) for it in others)
    ]
    near = [
        box for box in boxes if box.x < line.x + LABEL_WIDTH // 2 and line.x - LABEL_WIDTH // 2 < box.right
    ]
    open_ = [y for y in free if all(y <= box.y or y - LABEL_HEIGHT >= box.y + box.height for box in near)]
    if line.y in free:
        return line
    return replace(line, y=next(iter([*open_, *free]), line.y))


def _touch(x: int, y: int, other: TieLine) -> bool:
    return abs(x - other.x) < LABEL_WIDTH and abs(y - other.y) < LABEL_HEIGHT


def _tie_line(tie: Tie, one: _Box, two: _Box, bow_width: int) -> TieLine:
    """Draw from edge to edge; cards that stand above each other are joined by a bow on their right."""
    first, second = sorted((one, two))
    if second.x < first.right:
        bow = max(first.right, second.right) + bow_width
        return TieLine(
            tie,
            f"M{first.right} {first.centre}C{bow} {first.centre} {bow} {second.centre} {second.right} {second.centre}",
            bow - bow_width // 4,
            (first.centre + second.centre) // 2,
        )
    half = (first.right + second.x) // 2
    return TieLine(
        tie,
        f"M{first.right} {first.centre}C{half} {first.centre} {half} {second.centre} {second.x} {second.centre}",
        half,
        (first.centre + second.centre) // 2,
    )
