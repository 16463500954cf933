"""Loading the story: part by part, each in one transaction, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation

from kam.audit.context import system
from kam.core.clock import business_date
from kam.core.once import reading
from kam.demo.models import DemoPart
from kam.demo.registry import all_parts
from kam.demo.story import Size, Story

#: The language of the demo department: what it wrote down is in it.
LANGUAGE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Played:
    """What happened to one part: `loaded` now, or there `already`."""

    name: str
    loaded: bool


def load(*, size: Size, seed: int, day: date | None = None) -> Iterator[Played]:
    """Play every part that was not played here yet; a part added by a later version joins the story that is there.

    Each part asks once for working days, settings and substitutes: only parts that read none of them again write them.
    """
    first = DemoPart.objects.first()
    story = Story(
        size=Size(first.size) if first else size,
        seed=first.seed if first else seed,
        today=first.day if first else day or business_date(),
    )
    for part in all_parts():
        with transaction.atomic(), system(f"demo.{part.name}"):
            _made, is_new = DemoPart.objects.get_or_create(
                name=part.name, defaults={"size": story.size, "seed": story.seed, "day": story.today}
            )
            if is_new:
                with translation.override(LANGUAGE), reading():
                    part.play(story.for_part(part.name))
        yield Played(part.name, is_new)
