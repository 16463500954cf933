"""The acts that other programs may be told of: registered by the rooms that own them."""

from typing import Any

from kam.audit.registry import label_of

_acts: set[str] = set()


def register_event(*acts: str) -> None:
    """Let webhooks be told of these acts of the audit."""
    _acts.update(acts)


def all_events() -> dict[str, Any]:
    """Return act → label, by act."""
    return {act: label_of(act) for act in sorted(_acts)}
