"""Shapes of what people type about briefings; the services decide."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.persons.models import Person as UnitPerson
from accounts.units.forms import day_field
from accounts.units.models import KeyAccount
from campaigns.briefings.labels import ITEM_LABELS, ROLE_LABELS
from campaigns.briefings.models import Briefing
from campaigns.briefings.rules import may_be
from campaigns.briefings.services import Asked, Counted, Person, Prepared, Taken, Taking
from campaigns.briefings.terms import BOOKED, ItemKind, StaffRole
from campaigns.budgets.forms import LineField, OverReason
from campaigns.campaigns.models import Campaign
from campaigns.materials.models import Material
from campaigns.prospects.forms import PersonField
from campaigns.prospects.labels import INTENTION_LABELS
from campaigns.prospects.terms import Intention
from kam.core.clock import moment
from kam.core.forms import NOTHING_CHOSEN, BaseForm
from kam.users.models import User
from kam.users.terms import SELLERS
from visits.bookings.models import Resource

_SINGLES = (StaffRole.ENGINEER, StaffRole.PROPERTY, StaffRole.DRIVER)


def _time_field(label: Any, first: time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 1800}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, initial=first)


class AskForm(BaseForm):
    """A briefing at one unit."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    campaign = forms.ModelChoiceField(label=_("Campaign"), queryset=Campaign.objects.none())
    day = day_field(_("Day"))
    start = _time_field(_("Starts at"), time(14))
    end = _time_field(_("Ends at"), time(16))
    place = forms.CharField(label=_("Place"), max_length=200, help_text=_("The meeting room of the unit."))
    contact = PersonField(label=_("Agreed with"), queryset=UnitPerson.objects.none(), required=False)
    expected_count = forms.IntegerField(
        label=_("Participants expected"), min_value=1, max_value=5_000, initial=30
    )
    why = forms.CharField(label=_("Why now"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    estimate_amount = forms.DecimalField(
        label=_("Estimated cost in yuan"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    line = LineField(required=False)

    def __init__(self, *args: Any, unit: KeyAccount, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        running = Campaign.objects.running().order_by("-pk")
        self.fields["campaign"].queryset = running  # type: ignore[attr-defined]  # a ModelChoiceField
        people = UnitPerson.objects.filter(unit=unit).present().order_by("pk")
        self.fields["contact"].queryset = people  # type: ignore[attr-defined]  # see above
        self.fields["line"].offer(user)  # type: ignore[attr-defined]  # a LineField

    def asked(self) -> Asked:
        told = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        day, start, end = told.pop("day"), told.pop("start"), told.pop("end")
        return Asked(self.unit, starts_at=moment(day, start), ends_at=moment(day, end), **told)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """Our people by name, ticked."""

    widget = forms.CheckboxSelectMultiple


class PrepareForm(BaseForm):
    """Who and what takes part: one line a role, two fields a thing (how many, from where)."""

    #: What belongs together stands beside each other.
    in_pairs = True
    version = forms.IntegerField(widget=forms.HiddenInput)
    sales = PeopleField(label=_("Sales representatives"), queryset=User.objects.none())
    presenter = forms.ModelChoiceField(
        label=_("Explains the slides"), queryset=User.objects.none(), help_text=_("One of those above.")
    )

    def __init__(self, *args: Any, briefing: Briefing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = User.objects.working().order_by("name", "pk")
        sellers = working.filter(position__in=list(SELLERS))
        self.fields["sales"].queryset = sellers  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["presenter"].queryset = sellers  # type: ignore[attr-defined]  # see above
        for role in _SINGLES:
            self._add_role(role, working)
        self._stock = list(Material.objects.filter(campaign=briefing.campaign).order_by("place"))
        self._lent = list(Resource.objects.usable().filter(kind__in=BOOKED.values()).order_by("name"))
        for kind in ItemKind:
            self._add_item(kind)

    def _add_role(self, role: StaffRole, working: Any) -> None:
        self.fields[role.value] = forms.ModelChoiceField(
            working, label=ROLE_LABELS[role], required=False, empty_label=NOTHING_CHOSEN
        )
        self.fields[f"name_{role}"] = forms.CharField(
            label=_("Or a name: %(role)s") % {"role": ROLE_LABELS[role]},
            max_length=80,
            required=False,
            help_text=_("Whoever is not one of us."),
        )

    def _add_item(self, kind: ItemKind) -> None:
        self.fields[f"n_{kind}"] = forms.IntegerField(
            label=ITEM_LABELS[kind], min_value=0, max_value=100_000, required=False
        )
        chosen = self.initial.get(f"from_{kind}")
        rows: Any = Material.objects.order_by("place")
        fits = [row.pk for row in self._stock if may_be(kind, row.name) or row.pk == chosen]
        label, empty = _("from the stock: %(what)s"), _("brought along")
        if kind in BOOKED:
            rows = Resource.objects.order_by("name")
            lent = [row for row in self._lent if row.kind == BOOKED[kind]]
            # A car is called by its number plate.
            fits = [
                row.pk
                for row in lent
                if kind == ItemKind.VEHICLE or may_be(kind, row.name) or row.pk == chosen
            ]
            label, empty = _("booked: %(what)s"), _("not ours")
        rows = rows.filter(pk__in=fits)
        self.fields[f"from_{kind}"] = forms.ModelChoiceField(
            rows, label=label % {"what": ITEM_LABELS[kind]}, required=False, empty_label=empty
        )

    def prepared(self) -> Prepared:
        told = self.cleaned_data
        staff = [Taking(StaffRole.SALES, person) for person in told["sales"]]
        staff += [
            Taking(role, told[role], told[f"name_{role}"])
            for role in _SINGLES
            if told[role] or told[f"name_{role}"]
        ]
        return Prepared(staff, told["presenter"], [self._taken(kind) for kind in self._kinds()])

    def _kinds(self) -> Iterable[ItemKind]:
        """Things that go along: so many, or from somewhere; nothing at all is left out."""
        told = self.cleaned_data
        return [k for k in ItemKind if told[f"n_{k}"] != 0 and (told[f"n_{k}"] or told[f"from_{k}"])]

    def _taken(self, kind: ItemKind) -> Taken:
        number, source = self.cleaned_data[f"n_{kind}"], self.cleaned_data[f"from_{kind}"]
        if kind in BOOKED:
            return Taken(kind, number, resource=source)
        return Taken(kind, number, material=source)


class AttendeeForm(BaseForm):
    """Somebody who came: few fields, big targets, one thumb."""

    public_id = forms.UUIDField(label=_("number from the browser"), widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=80)
    mobile = forms.CharField(
        label=_("Mobile"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    department = forms.CharField(label=_("Department"), max_length=80, required=False)
    intention = forms.ChoiceField(
        label=_("Intention"), choices=list(INTENTION_LABELS.items()), widget=forms.RadioSelect
    )
    question = forms.CharField(label=_("Question, need"), max_length=300, required=False)
    return_on = day_field(_("Return visit on"), required=False)
    joined = forms.BooleanField(label=_("Joins as a member"), required=False)
    person = PersonField(
        label=_("Known person of the unit"), queryset=UnitPerson.objects.none(), required=False
    )

    def __init__(self, *args: Any, briefing: Briefing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = UnitPerson.objects.filter(unit=briefing.unit_id).present().order_by("pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["person"].widget.attrs["class"] = "form-select"
        for name in ("name", "mobile", "department", "question", "return_on"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def person_told(self) -> Person:
        kept = {"public_id", "version"}
        told = {name: value for name, value in self.cleaned_data.items() if name not in kept}
        return Person(**told | {"intention": Intention(told["intention"])})


class ChangeAttendeeForm(AttendeeForm):
    """The same, corrected later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["public_id"]
        self.fields["intention"].widget = forms.Select(choices=list(INTENTION_LABELS.items()))


class CountForm(BaseForm):
    """What is left, what it cost, what the figures say."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.DecimalField(
        label=_("Actual cost in yuan"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    document = forms.CharField(label=_("Number of the bill"), max_length=60, required=False)
    over_reason = OverReason()
    analysis = forms.CharField(
        label=_("Analysis"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What people want, what they asked, what comes next."),
    )

    def __init__(self, *args: Any, briefing: Briefing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(briefing.items.filter(material__isnull=False))
        for item in self.items:
            words = _("Left over: %(what)s (of %(n)s)")
            self.fields[f"left_{item.pk}"] = forms.IntegerField(
                label=words % {"what": item.get_kind_display(), "n": item.quantity},
                min_value=0,
                max_value=item.quantity,
                initial=0,
            )

    def counted(self) -> Counted:
        told = self.cleaned_data
        left = {item.pk: told[f"left_{item.pk}"] for item in self.items}
        names = ("amount", "document", "analysis", "over_reason")
        return Counted(left, *(told[name] for name in names))


class CancelForm(BaseForm):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
