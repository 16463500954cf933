"""The other ways of selling that the source describes, in our own words: help, no third field beside phase and step (S-069, S-070, S-071, S-077)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.units.terms import Phase


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a text: what is done, and in which of our phases one is then."""

    title: Any
    text: Any
    phase: Phase


@dataclass(frozen=True, slots=True)
class Pipeline:
    key: str
    title: Any
    intro: Any
    stages: tuple[Stage, ...]


_P = Phase
PIPELINES = (
    Pipeline(
        "ten",
        _("Ten steps of a sale"),
        _("The long way round: from choosing the unit to learning from what was sold."),
        (
            Stage(
                pgettext_lazy("step of selling", "Define"),
                _("Say which units are key accounts, and why."),
                _P.GOAL,
            ),
            Stage(
                pgettext_lazy("step of selling", "Analyse"),
                _("Learn who they are, what they buy and from whom."),
                _P.FIELD,
            ),
            Stage(
                pgettext_lazy("step of selling", "Position"),
                _("Choose the products for them, and at what price."),
                _P.FIELD,
            ),
            Stage(
                pgettext_lazy("step of selling", "Plan"),
                _("Set targets, activities and the way to reach them."),
                _P.GOAL,
            ),
            Stage(
                pgettext_lazy("step of selling", "Promote"),
                _("Be seen: advertising, exhibitions, hospitality, media."),
                _P.DEEP,
            ),
            Stage(
                pgettext_lazy("step of selling", "Visit"),
                _("Go there, again and again, to everybody who has a say."),
                _P.DEEP,
            ),
            Stage(
                pgettext_lazy("step of selling", "Negotiate and sign"),
                _("Agree so that both sides win, and sign."),
                _P.FIRST,
            ),
            Stage(
                pgettext_lazy("step of selling", "Carry out"),
                _("Follow contract, delivery and progress of the order."),
                _P.FIRST,
            ),
            Stage(
                pgettext_lazy("step of selling", "Serve"),
                _("Look after what was sold, and after the people."),
                _P.STABLE,
            ),
            Stage(
                pgettext_lazy("step of selling", "Improve"),
                _("Look back regularly and do it better next time."),
                _P.STABLE,
            ),
        ),
    ),
    Pipeline(
        "nine",
        _("Nine steps of a solution"),
        _("For what is made to measure: the need first, then the solution, then the price."),
        (
            Stage(
                pgettext_lazy("step of selling", "Know the target"),
                _("Know whom one talks to and what they want to achieve."),
                _P.GOAL,
            ),
            Stage(
                pgettext_lazy("step of selling", "Find the need"),
                _("Ask until the need behind the wish is clear."),
                _P.FIELD,
            ),
            Stage(
                pgettext_lazy("step of selling", "Offer a solution"),
                _("Show how it meets the need, in their words."),
                _P.DEEP,
            ),
            Stage(
                pgettext_lazy("step of selling", "Quote"),
                _("Product, adaptation and people; the customer confirms it."),
                _P.SUBSTANCE,
            ),
            Stage(pgettext_lazy("step of selling", "Show"), _("Let them see and try it."), _P.SUBSTANCE),
            Stage(
                pgettext_lazy("step of selling", "Contract"),
                _("Terms, rights and duties of both sides in writing."),
                _P.FIRST,
            ),
            Stage(
                pgettext_lazy("step of selling", "Deliver"),
                _("Hand over, train, install, support."),
                _P.FIRST,
            ),
            Stage(
                pgettext_lazy("step of selling", "Cultivate"),
                _("Keep the relation alive when nothing is for sale."),
                _P.STABLE,
            ),
            Stage(
                pgettext_lazy("step of selling", "Ask"), _("Ask regularly how satisfied they are."), _P.STABLE
            ),
        ),
    ),
    Pipeline(
        "eight",
        _("Eight steps to a signature and beyond"),
        _("The short form that a specialist carries in the head."),
        (
            Stage(pgettext_lazy("step of selling", "Find"), _("Get to know of the customer."), _P.GOAL),
            Stage(
                pgettext_lazy("step of selling", "Follow"), _("Stay in touch until a need shows."), _P.FIELD
            ),
            Stage(
                pgettext_lazy("step of selling", "Talk"),
                _("Talk business with whoever decides."),
                _P.SUBSTANCE,
            ),
            Stage(pgettext_lazy("step of selling", "Design"), _("Draw up the solution."), _P.SUBSTANCE),
            Stage(pgettext_lazy("step of selling", "Sign"), _("Win the signature."), _P.FIRST),
            Stage(
                pgettext_lazy("step of selling", "Install"),
                _("See to it that it works from the first day."),
                _P.FIRST,
            ),
            Stage(
                pgettext_lazy("step of selling", "Maintain"),
                _("Repair before they have to ask twice."),
                _P.STABLE,
            ),
            Stage(
                pgettext_lazy("step of selling", "Keep"),
                _("Nurse the relation; the next need comes from it."),
                _P.STABLE,
            ),
        ),
    ),
    Pipeline(
        "ways",
        _("Three ways to a new unit"),
        _("They add to each other; without the visit nothing moves."),
        (
            Stage(
                pgettext_lazy("step of selling", "Invite"),
                _("Ask them to a briefing where the product is shown."),
                _P.FIELD,
            ),
            Stage(
                pgettext_lazy("step of selling", "Send"),
                _("Post a brochure that says what we do better."),
                _P.GOAL,
            ),
            Stage(
                pgettext_lazy("step of selling", "Go"),
                _("Visit in person: the way that no unit is won without."),
                _P.FIELD,
            ),
        ),
    ),
)
