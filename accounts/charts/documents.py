"""The map as a page and a sheet show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.charts.labels import STEP_LABELS
from accounts.charts.models import DecisionFlow, DecisionStep
from accounts.charts.rules.compare import compare
from accounts.charts.rules.flow import deciders, total_days
from accounts.charts.rules.layout import EDGE, Card, Drawing, TieLine, draw
from accounts.charts.rules.picture import Figure
from accounts.charts.rules.words import fit
from accounts.charts.selectors import flow_on, history_of, steps_of, told_changes
from accounts.charts.terms import StepKind
from accounts.persons.labels import ATTITUDE_LABELS, RELATION_LABELS
from accounts.persons.terms import Attitude, Insider, RelationKind
from accounts.roles.labels import SEAT_LABELS
from accounts.units.models import KeyAccount
from kam.pdf.services import Sheet
from kam.pdf.terms import FAMILIES

#: What fits into a card beside the glyph, in columns.
NAME_COLUMNS, POST_COLUMNS, STAFF_COLUMNS = 15, 19, 17
_TONES = {Attitude.SUPPORTS: ("pos", "+"), Attitude.NEUTRAL: ("neu", "="), Attitude.OPPOSES: ("neg", "−")}
_TIE_TONES = {RelationKind.TRUSTS: "good", RelationKind.OPPOSES: "bad", RelationKind.REPORTS_TO: "line"}


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with everything a template writes into it."""

    card: Card
    version: int
    is_changed: bool
    boss: str = ""

    @property
    def figure(self) -> Figure:
        return self.card.figure

    @property
    def name(self) -> str:
        return fit(self.figure.name, NAME_COLUMNS)

    @property
    def post(self) -> str:
        return fit(self.figure.post or self.figure.department, POST_COLUMNS)

    @property
    def tone(self) -> str:
        return _TONES.get(Attitude(self.figure.attitude), ("unk", "?"))[0]

    @property
    def sign(self) -> str:
        return _TONES.get(Attitude(self.figure.attitude), ("unk", "?"))[1]

    @property
    def attitude(self) -> Any:
        """What stands beside roles and influence, where "Unknown" alone would not say what is."""
        known = Attitude(self.figure.attitude)
        return _("attitude unknown") if known is Attitude.UNKNOWN else ATTITUDE_LABELS[known]

    @property
    def seats(self) -> list[Any]:
        return [SEAT_LABELS[held.seat] for held in self.figure.seats]

    @property
    def shape(self) -> str:
        """The shape of the first seat: decision_maker, technical, financial, user, or "" for none."""
        return str(self.figure.seats[0].seat) if self.figure.seats else ""

    @property
    def is_assumed(self) -> bool:
        return bool(self.figure.seats) and all(held.is_assumed for held in self.figure.seats)

    @property
    def is_insider(self) -> bool:
        return self.figure.insider == Insider.INSIDER

    @property
    def dots(self) -> list[int]:
        """Where the dots of influence stand, in pixels from the card's left edge."""
        return [53 + 9 * place for place in range(self.figure.influence or 0)]


@dataclass(frozen=True, slots=True)
class ShownTie:
    """A relation with its line on the drawing, its label and the names at its ends."""

    line: TieLine
    label: Any
    tone: str
    from_name: str
    to_name: str

    @property
    def strength(self) -> int:
        return self.line.tie.strength


@dataclass(frozen=True, slots=True)
class UnitMap:
    """The map of one day: drawing, cards, labelled ties and seats, and what changed since the day compared with."""

    day: date
    against: date | None
    drawing: Drawing
    cards: list[ShownCard]
    ties: list[ShownTie]
    staff: list[tuple[Any, str]]
    seats: list[tuple[Any, Any]]
    changes: list[str]
    first_on: date | None

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.drawing.width} {self.drawing.height}"


def unit_map(
    unit: KeyAccount,
    *,
    on: date,
    against: date | None = None,
    with_ties: bool = True,
    with_staff: bool = True,
) -> UnitMap:
    """Return the map of `unit` on a day, compared with another one. Five queries, whatever the days."""
    history = history_of(unit)
    picture = history.on(on)
    before = history.on(against) if against else None
    drawing = draw(picture, with_ties=with_ties, with_staff=with_staff)
    versions = {person.pk: person.version for person in history.persons}
    names = {figure.id: figure.name for figure in picture.figures}
    changed = {change.person_id for change in compare(before, picture)} if before else set()
    return UnitMap(
        on,
        against,
        drawing,
        [
            ShownCard(
                card,
                versions[card.figure.id],
                card.figure.id in changed,
                names.get(card.figure.boss_id or 0, ""),
            )
            for card in drawing.cards
        ],
        [_tie(line, names) for line in drawing.ties],
        [(card, fit(card.name, STAFF_COLUMNS)) for card in drawing.staff],
        [(seat, SEAT_LABELS[seat.seat]) for seat in drawing.seats],
        told_changes(before, picture) if before else [],
        history.first_on,
    )


def _tie(line: TieLine, names: Mapping[int, str]) -> ShownTie:
    tie, kind = line.tie, RelationKind(line.tie.kind)
    to_name = tie.staff_name if tie.other_id is None else names[tie.other_id]
    return ShownTie(line, RELATION_LABELS[kind], _TIE_TONES.get(kind, ""), names[tie.person_id], to_name)


def map_sheet(unit: KeyAccount, *, on: date, against: date | None, language: str) -> Sheet:
    """Return the map as a landscape sheet, with the changes below it, all in `language`."""
    with override(language):
        return Sheet(
            "accounts_map",
            {"map": unit_map(unit, on=on, against=against), "unit": unit, "family": FAMILIES[language][0]},
            _("Influence map: %(name)s, %(day)s") % {"name": unit.name, "day": on.isoformat()},
            unit.file_number,
            "accounts.unit_map",
            language=language,
            landscape=True,
        )


#: The flow on the drawing: boxes of one size in rows, each row read from the left.
STEP_WIDTH, STEP_HEIGHT, STEP_GAP, STEPS_A_ROW = 200, 88, 44, 4
STEP_COLUMNS = 24


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with its box, its texts, and the arrow that leads to it ("" for the first)."""

    step: DecisionStep
    x: int
    y: int
    arrow: str

    @property
    def label(self) -> Any:
        return STEP_LABELS[StepKind(self.step.kind)]

    @property
    def who(self) -> str:
        person = self.step.person
        return person.name if person else self.step.who

    @property
    def short_who(self) -> str:
        return fit(self.who, STEP_COLUMNS)

    @property
    def short_post(self) -> str:
        return fit(self.step.person.post, STEP_COLUMNS) if self.step.person else ""

    @property
    def is_final(self) -> bool:
        return self.step.kind == StepKind.DECIDE


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """The flow with the size of its drawing and what it says in all."""

    flow: DecisionFlow
    steps: list[ShownStep]
    days: int
    is_complete: bool
    deciders: int

    @property
    def width(self) -> int:
        return EDGE * 2 + min(len(self.steps), STEPS_A_ROW) * (STEP_WIDTH + STEP_GAP) - STEP_GAP

    @property
    def height(self) -> int:
        return EDGE * 2 + self.steps[-1].y + STEP_HEIGHT - EDGE


def shown_flow(flow: DecisionFlow | None) -> ShownFlow | None:
    """Return the flow as drawn, None where there is none."""
    if flow is None:
        return None
    rows = list(flow.steps.all())
    steps = steps_of(flow)
    days, is_complete = total_days(steps)
    return ShownFlow(
        flow,
        [ShownStep(row, *_box(place), _arrow(place)) for place, row in enumerate(rows)],
        days,
        is_complete,
        deciders(steps),
    )


def _box(place: int) -> tuple[int, int]:
    row, column = divmod(place, STEPS_A_ROW)
    return EDGE + column * (STEP_WIDTH + STEP_GAP), EDGE + row * (STEP_HEIGHT + STEP_GAP)


def _arrow(place: int) -> str:
    if place == 0:
        return ""
    x, y = _box(place)
    before_x, before_y = _box(place - 1)
    middle = y + STEP_HEIGHT // 2
    if before_y == y:
        return f"M{before_x + STEP_WIDTH} {middle}H{x - 2}"
    half = y - STEP_GAP // 2
    return f"M{before_x + STEP_WIDTH // 2} {before_y + STEP_HEIGHT}V{half}H{x + STEP_WIDTH // 2}V{y - 2}"


def flow_sheet(unit: KeyAccount, *, on: date, language: str) -> Sheet:
    """Return the decision flow of a day as a landscape sheet."""
    with override(language):
        return Sheet(
            "accounts_flow",
            {"flow": shown_flow(flow_on(unit, on)), "unit": unit, "family": FAMILIES[language][0]},
            _("Decision flow: %(name)s, %(day)s") % {"name": unit.name, "day": on.isoformat()},
            unit.file_number,
            "accounts.unit_flow",
            language=language,
            landscape=True,
        )
