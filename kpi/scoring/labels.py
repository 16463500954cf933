"""What the words of scoring are called."""

from django.utils.translation import gettext_lazy as _

from kpi.scoring.terms import Category, Method, Why

CATEGORY_LABELS = {
    Category.SKILL: _("Professional skill"),
    Category.PERFORMANCE: _("Performance"),
    Category.MANAGEMENT: _("Management"),
}
METHOD_LABELS = {
    Method.STEPS: _("Step deduction"),
    Method.BANDS: _("Table of bands"),
    Method.LINEAR: _("Straight line"),
    Method.COUNT: _("Points for each"),
    Method.RATING: _("Rating 1 to 5"),
}
WHY_LABELS = {
    Why.NO_TARGET: _("Cannot be assessed: no target is set."),
    Why.NOTHING_DUE: _("Cannot be assessed: there was nothing to measure by."),
    Why.NOT_RATED: _("Waits for the rating of the assessor."),
}
