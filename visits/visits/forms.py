"""What a visitor may type. Forms check shape; the services decide."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.persons.models import Person
from accounts.units.models import KeyAccount
from kam.core.forms import BaseForm, clean_text
from kam.files.forms import PicturesField
from kam.search.forms import PickField, PickManyField, row_of
from kam.users.models import User
from visits.appointments.models import Appointment
from visits.plans.models import MODE_LABELS, PlanLine
from visits.plans.terms import VisitMode
from visits.visits.models import CALL_OUTCOMES, OUTCOME_LABELS, Visit
from visits.visits.services.faces import NewFace
from visits.visits.services.visits import Location, Promise, VisitEntry
from visits.visits.terms import VISIT_MODES, Outcome

MAX_PROMISES = 10
MAX_ANSWERS = 20
MAX_PHOTOS = 6
MAX_FACES = 5
#: What the rows that come as repeated fields are called.
ROW_LABELS = {
    "face_name": _("New face"),
    "face_post": _("Post of the new face"),
    "face_mobile": _("Mobile of the new face"),
    "promise_side": _("Whose promise"),
    "promise_text": _("What was promised"),
    "promise_due": _("Until when"),
    "question": _("Question outline"),
    "answer": _("Answer"),
}
_FACE_SIZES = {"name": 80, "post": 80, "mobile": 40}


def dress(form: forms.Form) -> None:
    """Give every field that is typed into or chosen from the look of the house; chips and hidden ones have their own."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxInput | forms.HiddenInput):
            continue
        if isinstance(widget, forms.CheckboxSelectMultiple):
            continue
        name = "form-select" if isinstance(widget, forms.Select) else "form-control"
        widget.attrs.setdefault("class", name)


class VisitForm(BaseForm):
    """The log of one visit; rows of promises and of the outline come as repeated fields."""

    public_id = forms.UUIDField(label=_("number from the browser"), widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome], widget=forms.RadioSelect
    )
    persons = forms.ModelMultipleChoiceField(
        label=_("Whom did you meet?"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    started = forms.TimeField(
        label=_("Began"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ended = forms.TimeField(
        label=_("Ended"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    mode = forms.ChoiceField(
        label=_("Way"), choices=[(m.value, MODE_LABELS[m]) for m in VISIT_MODES], initial=VisitMode.VISIT
    )
    is_return = forms.BooleanField(label=_("Return visit after a briefing or a deal"), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    latitude = forms.DecimalField(
        required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False,
        min_value=-180,
        max_value=180,
        max_digits=9,
        decimal_places=6,
        widget=forms.HiddenInput,
    )
    consent = forms.BooleanField(
        label=_("Keep where I am with this visit (only with your consent)"), required=False
    )
    companions = PickManyField(
        "users.colleague", User.objects.none(), label=_("Accompanied by"), required=False
    )
    summary = forms.CharField(
        label=_("What was said"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    problems = forms.CharField(
        label=_("Problems"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    next_step_on = forms.DateField(
        label=_("Next step on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    late_reason = forms.CharField(label=_("Why is it entered late?"), required=False, max_length=300)
    photos = PicturesField(label=_("Photos"), limit=MAX_PHOTOS)

    def __init__(self, *args: Any, unit: KeyAccount, by: User, line: PlanLine | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit, self.by, self.line = unit, by, line
        self.appointment: Appointment | None = None
        persons = self.fields["persons"]
        companions = self.fields["companions"]
        assert isinstance(persons, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the type checker
        assert isinstance(companions, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the type checker
        persons.queryset = Person.objects.filter(unit=unit).present().order_by("pinyin", "pk")
        persons.label_from_instance = _name_and_post  # type: ignore[assignment, method-assign]  # two of one name are told apart
        companions.queryset = User.objects.working().exclude(pk=by.pk).order_by("staff_number")
        dress(self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["promises"] = self._promises()
        values["answers"] = self._answers()
        values["faces"] = self._faces()
        return values

    def _rows(self, *names: str, limit: int) -> list[tuple[str, ...]]:
        """Return the rows of repeated fields; a row is there when its last field but the date is filled."""
        lists = [self.data.getlist(name) if hasattr(self.data, "getlist") else [] for name in names]
        return [tuple(clean_text(cell[:2000]) for cell in row) for row in zip(*lists, strict=False)][:limit]

    def _promises(self) -> list[Promise]:
        found = []
        for side, text, due in self._rows("promise_side", "promise_text", "promise_due", limit=MAX_PROMISES):
            if not text:
                continue
            try:
                due_on = date.fromisoformat(due) if due else None
            except ValueError:
                raise forms.ValidationError(_("Give the day of a promise as a date.")) from None
            found.append(Promise(text[:500], is_ours=side != "theirs", due_on=due_on))
        return found

    def _answers(self) -> list[tuple[str, str]]:
        rows = self._rows("question", "answer", limit=MAX_ANSWERS)
        return [(question[:300], answer) for question, answer in rows if question]

    def _faces(self) -> list[NewFace]:
        found = []
        for row in self._rows(*(f"face_{name}" for name in _FACE_SIZES), limit=MAX_FACES):
            face = NewFace(*(cell.strip() for cell in row))
            if any(len(getattr(face, name)) > size for name, size in _FACE_SIZES.items()):
                self.add_error("persons", _("This is too long for a new face."))
            elif face.name:
                found.append(face)
            elif face.post or face.mobile:
                self.add_error("persons", _("Give the name of the new face."))
        return found

    def entry(self) -> VisitEntry:
        """Return what the service wants. Only after is_valid()."""
        values = self.cleaned_data
        location = None
        if values["consent"] and values["latitude"] is not None and values["longitude"] is not None:
            location = Location(values["latitude"], values["longitude"])
        return VisitEntry(
            unit=self.unit,
            on=values["on"],
            outcome=Outcome(values["outcome"]),
            mode=VisitMode(values["mode"]),
            is_return=values["is_return"],
            persons=list(values["persons"]),
            faces=values["faces"],
            companions=list(values["companions"]),
            started_at=_moment(values["on"], values["started"]),
            ended_at=_moment(values["on"], values["ended"]),
            place=values["place"],
            location=location,
            purpose=self.line.purpose if self.line else "",
            summary=values["summary"],
            problems=values["problems"],
            next_step=values["next_step"],
            next_step_on=values["next_step_on"],
            late_reason=values["late_reason"],
            answers=values["answers"],
            promises=values["promises"],
            plan_line=self.line,
            appointment=self.appointment,
        )


class PersonsForm(BaseForm):
    """Who was met after all, and why the list says something else."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    persons = forms.ModelMultipleChoiceField(
        label=_("Whom did you meet?"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons = self.fields["persons"]
        assert isinstance(persons, forms.ModelMultipleChoiceField)  # noqa: S101 -- for the type checker
        # whoever left since then was met all the same
        persons.queryset = Person.objects.filter(unit=visit.unit_id).order_by("pinyin", "pk")
        dress(self)


class CallForm(BaseForm):
    """One call, in three taps. `typed_at` is filled in by the page's script: without a connection it is sent later."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    typed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    unit = PickField("visits.call_unit", KeyAccount.objects.none(), label=_("Unit"))
    person = PickField(
        "accounts.person",
        Person.objects.none(),
        within_field="unit",
        label=_("Person"),
        required=False,
        help_text=_("Empty: nobody in particular."),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=list(CALL_OUTCOMES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What was said"), required=False, max_length=1000)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, person = self.fields["unit"], self.fields["person"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        unit.queryset = KeyAccount.objects.visible_to(by)
        person.queryset = Person.objects.visible_to(by).present().filter(unit=row_of(self, "unit"))
        dress(self)


def _moment(day: date, at: time | None) -> datetime | None:
    """Return the hour of that day as the department's clock shows it."""
    return timezone.make_aware(datetime.combine(day, at), ZoneInfo(settings.TIME_ZONE)) if at else None


def _name_and_post(person: Person) -> str:
    return f"{person.name} {person.post}".strip()
