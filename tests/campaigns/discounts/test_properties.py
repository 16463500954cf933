"""Properties of every price, and the bugs that each of them kills: named in docs/domain/discounts.md, planted in a copy of the rules."""

import re
import sys
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from campaigns.campaigns.terms import OfferChannel
from campaigns.discounts.rules import benefits, pricing
from campaigns.discounts.rules.benefits import Tier, tiers_problem
from campaigns.discounts.terms import GroupState
from tests.campaigns.discounts.books import HOUSING, amount, ask, factor, group

CHAMBER, FACTORY = OfferChannel.CHAMBER, OfferChannel.FACTORY
CENT = Decimal("0.01")

#: Quarters of a yuan end in half a cent after 2 per cent.
lists = st.decimals(1, 10_000_000, places=2) | st.integers(1, 10_000).map(lambda n: n * Decimal("0.25"))
counts = st.integers(0, 30)
factors = (st.sampled_from(["0.98", "0.5", "0.75"]) | st.decimals("0.0001", 1, places=4)).map(
    lambda value: factor(str(value))
)
amounts = st.decimals("0.01", 100_000, places=2).map(lambda value: amount(str(value)))


@st.composite
def tiers(draw):
    """One to three tiers of one kind, each better than the one before."""
    kind = draw(st.sampled_from([factors, amounts]))
    size = draw(st.integers(1, 3))
    given_ = draw(st.lists(kind, min_size=size, max_size=size, unique_by=lambda b: b.value))
    numbers = sorted(draw(st.sets(st.integers(0, 20), min_size=size, max_size=size)))
    given_.sort(key=lambda b: b.value, reverse=kind is factors)
    made = tuple(Tier(number, benefit) for number, benefit in zip(numbers, given_, strict=True))
    assert tiers_problem(made) is None
    return made


def book_with(drawn):
    return HOUSING.with_rule(group(CHAMBER, *drawn))


def savings_add_up(rules, list_amount, count, drawn):
    priced = rules.price_set(ask(count=count, list_amount=list_amount, book=book_with(drawn)))
    assert priced.regular_saving + priced.group_saving == priced.saving
    assert sum(step.saving for step in priced.steps) == priced.saving
    assert priced.list_amount - priced.saving == priced.final


def price_never_rises_with_sets(rules, list_amount, count, drawn):
    book = book_with(drawn)
    fewer, more = (
        rules.price_set(ask(count=n, list_amount=list_amount, book=book)) for n in (count, count + 1)
    )
    assert Decimal(0) <= more.final <= fewer.final <= fewer.regular <= fewer.list_amount


def the_number_itself_reaches(rules, list_amount, count, drawn):
    first = drawn[0].from_sets
    book = book_with(drawn)
    at = rules.price_set(ask(count=first, list_amount=list_amount, book=book))
    below = rules.price_set(ask(count=first - 1, list_amount=list_amount, book=book))
    assert (at.group.state, at.group.missing) == (GroupState.REACHED, 0)
    assert (below.group.state, below.group.missing, below.final) == (
        GroupState.NOT_REACHED,
        1,
        below.regular,
    )
    assert below.if_reached == at.final


def rounded_once_from_the_exact_value(rules, list_amount, count, drawn):
    """Recomputed here by hand, for factors: one product, one rounding half up, never to even."""
    if drawn[0].benefit.kind != "factor":
        return
    priced = rules.price_set(ask(count=30, list_amount=list_amount, book=book_with(drawn)))
    exact = list_amount * Decimal("0.98") * drawn[-1].benefit.value
    assert priced.final == exact.quantize(CENT, rounding=ROUND_HALF_UP)
    assert priced.regular == (list_amount * Decimal("0.98")).quantize(CENT, rounding=ROUND_HALF_UP)
    assert priced.total(7) == 7 * priced.final


def nothing_set_gives_nothing(rules, list_amount, count, drawn):
    """A blank number is never nought, a rule that is not there never a discount."""
    blank = group(FACTORY, Tier(None, drawn[0].benefit))
    for question in (
        ask(FACTORY, count=count, list_amount=list_amount, group=blank, general=None),
        ask(count=count, list_amount=list_amount, group=None),
        ask(count=count, list_amount=list_amount, is_configured=False),
        ask(count=count, list_amount=list_amount, book=book_with(drawn), is_inside=False),
        replace(
            ask(count=count, list_amount=list_amount),
            group=group(CHAMBER, *drawn, needs_certificate=True),
        ),
    ):
        priced = rules.price_set(question)
        assert priced.final == priced.regular
        assert not priced.steps[1].is_applied


PROPERTIES = (
    savings_add_up,
    price_never_rises_with_sets,
    the_number_itself_reaches,
    rounded_once_from_the_exact_value,
    nothing_set_gives_nothing,
)


def check(prop, rules):
    @hypothesis_settings(max_examples=100, derandomize=True, database=None, report_multiple_bugs=False)
    @given(lists, counts, tiers())
    def run(list_amount, count, drawn):
        prop(rules, list_amount, count, drawn)

    run()


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda prop: prop.__name__)
def test_every_price_has_this_property(prop):
    check(prop, pricing)


#: name in the docs → (property that kills it, module, text, planted text)
BUGS = {
    "more than nine": (the_number_itself_reaches, pricing, "count >= (tier", "count > (tier"),
    "lowest tier": (
        price_never_rises_with_sets,
        pricing,
        "return held[-1] if held",
        "return held[0] if len(held) == 1",
    ),
    "both on the list price": (
        rounded_once_from_the_exact_value,
        pricing,
        "state, first.after)",
        "state, first.before)",
    ),
    "rounded at each step": (
        rounded_once_from_the_exact_value,
        pricing,
        "state, first.after)",
        "state, to_cents(first.after))",
    ),
    "half to even": (
        rounded_once_from_the_exact_value,
        pricing,
        "regular=to_cents(first.after)",
        "regular=first.after.quantize(Decimal('0.01'))",
    ),
    "saving of the exact values": (
        savings_add_up,
        pricing,
        "to_cents(self.before) - to_cents(self.after)",
        "to_cents(self.before - self.after)",
    ),
    "blank is nought": (
        nothing_set_gives_nothing,
        benefits,
        "tier.from_sets is not None or general is not None",
        "[general := general or 0] is not None",
    ),
    "window forgotten": (nothing_set_gives_nothing, pricing, "if not question.is_inside", "if False"),
    "certificate forgotten": (
        nothing_set_gives_nothing,
        pricing,
        "and not question.has_certificate",
        "and False",
    ),
    "below nothing": (
        price_never_rises_with_sets,
        benefits,
        "max(price - self.value, NOTHING)",
        "price - self.value",
    ),
    "total of the exact value": (
        rounded_once_from_the_exact_value,
        pricing,
        "return sets * self.final",
        "return to_cents(sets * self.steps[-1].after)",
    ),
}


def planted(monkeypatch, module, text, bug) -> ModuleType:
    """Return the pricing rules with one bug planted in them."""
    source = Path(module.__file__).read_text("utf-8")
    assert source.count(text) == 1, f"the place of the bug is gone: {text}"
    made = ModuleType(module.__name__)
    monkeypatch.setitem(sys.modules, module.__name__, made)
    exec(compile(source.replace(text, bug), module.__file__, "exec"), made.__dict__)  # noqa: S102 -- our own source
    return made


@pytest.mark.parametrize("name", BUGS)
def test_each_planted_bug_is_killed_by_its_property(name, monkeypatch):
    prop, module, text, bug = BUGS[name]
    made = planted(monkeypatch, module, text, bug)
    rules = made if module is pricing else pricing
    if module is benefits:
        monkeypatch.setattr(pricing, "resolved", made.resolved)
        monkeypatch.setattr(benefits.Benefit, "on", made.Benefit.on)
    with pytest.raises(AssertionError):
        check(prop, rules)


def test_the_document_names_the_same_bugs_and_its_example_is_true():
    text = (settings.BASE_DIR / "docs/domain/discounts.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    named = {row[0]: row[1].strip("`") for row in rows if len(row) == 3 and row[0] in BUGS}
    assert named == {name: bug[0].__name__ for name, bug in BUGS.items()}
    priced = pricing.price_set(ask())
    shown = {
        "list": priced.list_amount,
        "regular": priced.regular,
        "final": priced.final,
        "saving": priced.saving,
    }
    example = dict(re.findall(r"^- (\w+): ([\d,.]+)$", text, re.MULTILINE))
    assert {name: f"{value:,.2f}" for name, value in shown.items()} == example
