"""Dates and slots in addresses."""

from datetime import date

from kam.core.asked import day_in
from kam.today.terms import Slot


class DayConverter:
    """2026-11-23; anything else is no address of ours."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = day_in(value)
        if day is None:
            raise ValueError(value)
        return day

    def to_url(self, value: date | str) -> str:
        return value.isoformat() if isinstance(value, date) else value


class SlotConverter:
    """plan or followup."""

    regex = "|".join(slot.value for slot in Slot)

    def to_python(self, value: str) -> Slot:
        return Slot(value)

    def to_url(self, value: str) -> str:
        return str(value)
