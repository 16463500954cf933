"""Filters of the list of agreements: by what its days say."""

from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.agreements.models import Agreement
from campaigns.agreements.terms import NOTICE_DAYS
from kam.core.clock import business_date
from kam.settings_rows.selectors import setting

_CHOICES = (("running", _("In force")), ("ending", _("Ends soon")), ("over", _("Over")))


class AgreementFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    standing = django_filters.ChoiceFilter(label=_("State"), choices=_CHOICES, method="by_standing")

    class Meta:
        model = Agreement
        fields = ()

    def by_standing(self, rows: QuerySet[Agreement], _name: str, value: str) -> QuerySet[Agreement]:
        """Return the rows that stand so today."""
        today = business_date()
        running = rows.filter(ended_on__isnull=True, starts_on__lte=today, ends_on__gte=today)
        if value == "running":
            return running
        if value == "ending":
            until = today + timedelta(days=int(setting(NOTICE_DAYS)))
            return running.filter(ends_on__lte=until, renewal__isnull=True)
        return rows.exclude(ended_on__isnull=True, ends_on__gte=today)
