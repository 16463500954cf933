"""What kinds, states and parts of writings are called, and what each part asks for."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpi.writings.terms import Kind, WritingState

KIND_LABELS = {
    Kind.MARKET: _("Market report"),
    Kind.SUMMARY: _("Work summary"),
    Kind.PLAN: _("Plan of the year"),
    Kind.STRATEGY: _("Key-account strategy"),
}
STATE_LABELS = {
    WritingState.DRAFT: pgettext_lazy("writing", "Draft"),
    WritingState.HANDED_IN: pgettext_lazy("writing", "Handed in"),
    WritingState.READ: pgettext_lazy("writing", "Read"),
}
PERIOD_PROBLEMS = {
    "length": _("This kind is not written about such a period."),
    "future": _("This period has not begun."),
    "far": _("Only last year, this year and the next one."),
}
SECTION_LABELS = {
    "month": _("Summary of the month"),
    "forecast": _("Forecast for the next month"),
    "problems": _("Problems"),
    "solutions": _("How to solve them"),
    "done": _("What was done"),
    "cases": _("Success cases"),
    "lessons": _("Lessons"),
    "next": _("What comes next"),
    "goals": _("Goals: new customers and earnings"),
    "steps": _("Month by month, week by week"),
    "shortcomings": _("Shortcomings"),
    "learning": _("What I will learn"),
    "rewards": _("How I reward myself when it is reached"),
    "positioning": _("Positioning of the company"),
    "external": _("Analysis outside: market, competitors, customers"),
    "internal": _("Analysis inside: strengths, resources"),
    "targets": _("Targets: profit rate, growth, share, development, image"),
    "market_team": _("Market and team"),
    "sales": _("Sales"),
    "control": _("Control"),
    "relationship": _("Relationships"),
    "who": _("Who are our key accounts?"),
    "wants": _("What do they want?"),
    "managed": _("How are they managed?"),
    "long_run": _("How do they stay with us in the long run?"),
    "benefits": _("What it brings to both sides"),
}
