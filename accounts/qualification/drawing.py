"""The 80/20 curve as a drawing of whole pixels; the page shows it as SVG, with the table behind."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.qualification.rules.pyramid import Concentration

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 640, 300, 44, 28, 30, 12
#: A curve of more points is drawn through every n-th: nobody sees the others.
MOST_POINTS = 200
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Curve:
    """What the template draws: the line, the even line, grid lines with labels, the mark of the head."""

    line: str
    even: str
    grid: list[tuple[int, int, int]]
    mark: tuple[int, int] | None

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM
    ceiling: int = TOP


def draw_curve(curve: Concentration) -> Curve:
    """Return the drawing; without a value there is only the grid."""
    grid = [(percent, _x(Decimal(percent)), _y(Decimal(percent))) for percent in range(0, 101, 20)]
    even = f"M{_x(Decimal(0))} {_y(Decimal(0))}L{_x(Decimal(100))} {_y(Decimal(100))}"
    if not curve.total:
        return Curve("", even, grid, None)
    step = max(1, len(curve.points) // MOST_POINTS)
    kept = [*curve.points[step - 1 :: step], curve.points[-1]]
    line = f"M{_x(Decimal(0))} {_y(Decimal(0))}" + "".join(
        f"L{_x(point.units_percent)} {_y(point.value_percent)}" for point in kept
    )
    head = curve.points[curve.top_units - 1]
    return Curve(line, even, grid, (_x(head.units_percent), _y(head.value_percent)))


def _x(percent: Decimal) -> int:
    return LEFT + int(percent * (WIDTH - RIGHT - LEFT) / _HUNDRED)


def _y(percent: Decimal) -> int:
    return HEIGHT - BOTTOM - int(percent * (HEIGHT - BOTTOM - TOP) / _HUNDRED)
