"""Materials: whether one is there in time, what a movement does to the stock (docs/domain/materials.md)."""

from datetime import date

from campaigns.materials.terms import MoveKind, Standing


def standing_on(due_on: date | None, in_place_on: date | None, today: date) -> Standing:
    """Say how a material stands: the due day itself is on time, the day after it is not."""
    if in_place_on is not None:
        return Standing.CAME_LATE if due_on is not None and in_place_on > due_on else Standing.IN_PLACE
    return Standing.OVERDUE if due_on is not None and today > due_on else Standing.PENDING


def change_of(kind: MoveKind, quantity: int, stock: int) -> int:
    """Return what a movement adds to the stock; a count names what is there and adds the difference."""
    if kind is MoveKind.COUNT:
        return quantity - stock
    return -quantity if kind is MoveKind.ISSUE else quantity


def is_possible(kind: MoveKind, quantity: int, stock: int) -> bool:
    """Say whether a movement is possible: something moves, and the stock never falls below nothing."""
    if kind is MoveKind.COUNT:
        return quantity >= 0
    return quantity > 0 and stock + change_of(kind, quantity, stock) >= 0
