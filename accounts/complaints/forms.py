"""Shapes of what people type about complaints, crises and service after the sale."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.competition.models import ProductLine
from accounts.complaints.labels import KIND_LABELS, SEVERITY_LABELS, STATE_LABELS, VERDICT_LABELS
from accounts.complaints.models import Complaint
from accounts.complaints.services_report import Evaluation
from accounts.complaints.terms import COMPLAINT_TRANSITIONS, ComplaintState, Severity, Verdict
from accounts.contacts.models import CHANNEL_LABELS
from accounts.contacts.terms import ContactChannel
from accounts.persons.models import Person
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from kam.core.clock import business_date
from kam.core.forms import BaseForm
from kam.search.forms import PickField
from kam.users.models import User


def text_field(label: Any, *, required: bool = True, rows: int = 4, length: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=length, widget=forms.Textarea(attrs={"rows": rows})
    )


def colleague_field(label: Any) -> PickField:
    return PickField("users.colleague", User.objects.working(), label=label)


class ComplaintForm(BaseForm):
    """What came in."""

    severity = forms.ChoiceField(label=_("Severity"), choices=list(SEVERITY_LABELS.items()))
    kind = forms.ChoiceField(label=_("Kind of complaint"), choices=list(KIND_LABELS.items()))
    text = text_field(_("What the customer complains of"))
    channel = forms.ChoiceField(label=_("Received by"), choices=list(CHANNEL_LABELS.items()))
    received_on = day_field(_("Received on"))
    person = forms.ModelChoiceField(label=_("Who complained"), queryset=Person.objects.none(), required=False)
    line = forms.ModelChoiceField(
        label=_("Product line"), queryset=ProductLine.objects.in_force(), required=False
    )
    owner = colleague_field(_("Handled by"))

    def __init__(self, *args: Any, unit: KeyAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(unit=unit).present()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["severity"].initial = Severity.OTHER
        self.fields["channel"].initial = ContactChannel.CALL


class MoveForm(BaseForm):
    """The next state, and what it asks to be said."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Next state"))
    text = text_field(
        _("What was found, agreed or done – or what the customer does not agree with"), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = COMPLAINT_TRANSITIONS.get(ComplaintState(complaint.state), frozenset())
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 -- for the type checker
        to.choices = list(STATE_LABELS.items())  # an old page gets 409 and not "no valid choice"
        to.widget.choices = [(state, label) for state, label in STATE_LABELS.items() if state in following]


class JudgeForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("Is the complaint valid?"),
        choices=[(value, label) for value, label in VERDICT_LABELS.items() if value != Verdict.UNDECIDED],
        help_text=_("Only valid complaints count in the assessment."),
    )
    reason = text_field(_("Reason"), rows=3, length=500)


class AssignForm(BaseForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    owner = colleague_field(_("Handled by"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ServiceForm(BaseForm):
    """After what the service begins, and who does it."""

    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=200,
        help_text=_("A signing, a delivery, a complaint: each is started once."),
    )
    assignee = colleague_field(_("Who does it"))


class LeaderForm(BaseForm):
    leader = colleague_field(_("Leader"))


class StepForm(BaseForm):
    text = forms.CharField(label=_("Step"), max_length=300)
    responsible = colleague_field(_("Responsible"))
    due_at = forms.DateTimeField(
        label=_("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class GiveStepForm(BaseForm):
    responsible = colleague_field(_("Responsible"))


class DoneForm(BaseForm):
    note = forms.CharField(label=_("Result"), max_length=500, required=False)


class StatementForm(BaseForm):
    audience = forms.CharField(label=_("To whom"), max_length=200)
    text = text_field(_("What was said"))


class LessonForm(BaseForm):
    lesson = text_field(_("What we learn from it"))


class CooperationForm(BaseForm):
    """What the writer of a cooperation report says."""

    first_on = day_field(_("From"))
    last_on = day_field(_("Until"), initial=business_date)
    score = forms.TypedChoiceField(
        label=_("Mark"), choices=[(mark, str(mark)) for mark in range(5, 0, -1)], coerce=int
    )
    experience = text_field(_("Experience of each buyer role"))
    issues = text_field(_("What to improve"), required=False)
    needs = text_field(_("Needs to tap next"), required=False)

    def evaluation(self) -> Evaluation:
        told = self.cleaned_data
        return Evaluation(told["score"], told["experience"], told["issues"], told["needs"])
