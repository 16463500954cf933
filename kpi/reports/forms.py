"""The forms of reports: what to count and how, keep it, send it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kam.core.forms import BaseForm
from kam.users.models import User
from kam.users.scopes import colleagues_seen_by, superior_of, team_of
from kam.users.terms import Position
from kpi.reports.labels import ORDER_LABELS, RHYTHM_LABELS, SHARING_LABELS, SPAN_LABELS
from kpi.reports.permissions import can_share_report
from kpi.reports.registry import Source
from kpi.reports.rules import LAST_DAY
from kpi.reports.selectors import Asked
from kpi.reports.terms import Rhythm, Sharing

#: Whom anybody may send a report to, beside colleagues and superiors: those who read the department's.
_READERS = (Position.DIRECTOR, Position.GENERAL_MANAGER, Position.CLERK)


class PivotForm(BaseForm):
    """What stands above a pivot; it is sent by GET, so that the address is the report."""

    rows = forms.ChoiceField(label=pgettext_lazy("pivot", "Rows"), required=False)
    columns = forms.ChoiceField(label=pgettext_lazy("pivot", "Columns"), required=False)
    figure = forms.ChoiceField(label=pgettext_lazy("pivot", "Figure"), required=False)
    span = forms.ChoiceField(label=_("Period"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    order = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDER_LABELS.items()))

    def __init__(self, *, source: Source, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        dimensions = [(one.key, one.label) for one in source.dimensions]
        choices: dict[str, list[tuple[str, Any]]] = {
            "rows": dimensions,
            "columns": [("", "–"), *dimensions],
            "figure": [(one.key, one.label) for one in source.figures],
            "span": list(SPAN_LABELS.items()),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField
        if not source.day:
            for name in ("span", "since", "until"):
                del self.fields[name]


def shown_in(asked: Asked) -> dict[str, Any]:
    """Return what the form says of a report: also what the address leaves out."""
    return {
        "rows": asked.lines.key,
        "columns": asked.columns.key if asked.columns else "",
        "figure": asked.figure.key,
        "span": asked.span.value,
        "since": asked.params.get("since", ""),
        "until": asked.params.get("until", ""),
        "order": asked.order.value,
    }


class SaveForm(BaseForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    sharing = forms.ChoiceField(
        label=_("Who finds it"), help_text=_("Everybody sees in it only what they may see anyway.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = team_of(user)
        offered = [
            (s, words) for s, words in SHARING_LABELS.items() if can_share_report(user, Sharing(s), team)
        ]
        self.fields["sharing"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField


class ScheduleForm(BaseForm):
    rhythm = forms.ChoiceField(label=_("How often"), choices=list(RHYTHM_LABELS.items()))
    place = forms.IntegerField(
        label=_("On which day"),
        min_value=1,
        max_value=LAST_DAY,
        initial=1,
        help_text=_("Every week: 1 is Monday, 7 is Sunday. Every month: the day, 1 to 28. Mails leave in the morning."),
    )  # fmt: skip
    to = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each mail is made with the rights of whom it is for."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = recipients_offered(user)  # type: ignore[attr-defined]  # see the field

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("rhythm") == Rhythm.WEEKLY and (told.get("place") or 1) > 7:
            self.add_error("place", _("A week has seven days."))
        return told


def recipients_offered(user: User) -> Any:
    """Return whom a report may be sent to: oneself, colleagues one sees, superiors, those who read everything."""
    superior = superior_of(user)
    more = User.objects.working().filter(position__in=[one.value for one in _READERS])
    own = User.objects.filter(pk__in=[user.pk, superior.pk if superior else user.pk])
    ids = colleagues_seen_by(user).order_by().values("pk")
    return (
        User.objects.working()
        .filter(pk__in=ids.union(more.order_by().values("pk"), own.values("pk")))
        .order_by("name", "pk")
    )
