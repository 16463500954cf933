"""What rooms above tell a preview: the open offers that a drafted rule would change."""

from collections.abc import Callable
from dataclasses import dataclass

from campaigns.campaigns.models import Campaign
from campaigns.discounts.rules.offers import Ask


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer that is not signed yet, as a line of a preview."""

    label: str
    ask: Ask


OpenOffers = Callable[[Campaign], list[OpenOffer]]
_providers: list[OpenOffers] = []


def register_open_offers(provider: OpenOffers) -> None:
    """Take `provider(campaign) -> open offers`, each with what it asks for."""
    if provider not in _providers:
        _providers.append(provider)


def open_offers(campaign: Campaign) -> list[OpenOffer]:
    """Return every open offer of a campaign."""
    return [offer for provider in _providers for offer in provider(campaign)]
