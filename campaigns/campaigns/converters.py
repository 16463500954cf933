"""Parts of addresses."""

from campaigns.campaigns.terms import PartKind


class PartConverter:
    """What a campaign is made of, as its code: "phase", "goal" …"""

    regex = "|".join(PartKind)

    def to_python(self, value: str) -> PartKind:
        return PartKind(value)

    def to_url(self, value: PartKind | str) -> str:
        return str(value)
