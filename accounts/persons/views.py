"""Pages of persons: the person, add, edit, assess, roles, leaving, key person, relations."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.persons import changes, services, ties
from accounts.persons.forms import AssessForm, LeftForm, PersonForm, ReasonForm, RelationForm, RoleForm
from accounts.persons.models import KeyPersonPeriod, Person, PersonRole, Relation
from accounts.persons.permissions import can_add_person, can_edit_person, can_read_person_data
from accounts.persons.registry import panels_of
from accounts.persons.selectors import learned_about, learned_later, relations_of, seen_person
from accounts.persons.terms import PERSONAL_FIELDS
from accounts.units.views import unit_or_404
from kam.approvals.selectors import request_for
from kam.core.answers import answer_change, answer_form
from kam.core.clock import business_date
from kam.core.sentences import listed
from kam.core.toasts import toast
from kam.people.permissions import can_unmask
from kam.users.http import AuthedRequest, require

_FORM_METHODS = ["GET", "POST"]


def person_or_404(request: AuthedRequest, pk: int) -> Person:
    rows = Person.objects.visible_to(request.user).select_related("unit", "unit__owner", "reports_to")
    return get_object_or_404(rows, pk=pk)


def _editable(request: AuthedRequest, pk: int) -> Person:
    person = person_or_404(request, pk)
    require(can_edit_person(request.user, person))
    return person


@require_GET
def show_person(request: AuthedRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    today = business_date()
    seen = seen_person(person, request.user, on=today)
    change = changes.open_change(person.unit)
    context = {
        "person": person,
        "unit": person.unit,
        "seen": seen,
        "can_edit": can_edit_person(request.user, person),
        "roles": PersonRole.objects.filter(person=person).order_by("-started_on", "-id"),
        "learned": learned_about(person),
        "relations": relations_of(person),
        "has_key_person": KeyPersonPeriod.objects.filter(unit=person.unit).on(today).exists(),
        "periods": KeyPersonPeriod.objects.filter(unit=person.unit).select_related("person", "by"),
        "key_change": change,
        "key_request": request_for(changes.SUBJECT, change, reader=request.user) if change else None,
        "may_unmask": can_unmask(request.user) and any(datum.is_masked for datum in seen.data),
        "contacts": person.contacts.select_related("by").order_by("-on", "-id")[:20],
        "panels": panels_of(person, request.user),
    }
    return render(request, "accounts/persons/person.html", context)


@require_http_methods(_FORM_METHODS)
def add_person(request: AuthedRequest, unit_pk: int) -> HttpResponse:
    unit = unit_or_404(request, unit_pk)
    require(can_add_person(request.user, unit))
    form = PersonForm(request.POST or None, unit=unit)

    def act(told: dict[str, Any]) -> str:
        del told
        return services.add_person(unit, form.values(), by=request.user).get_absolute_url()

    title = _("New person at %(name)s") % {"name": unit.name}
    return answer_form(
        request, form, title=title, back=unit.get_absolute_url(), act=act, done=_("Person added.")
    )


@require_http_methods(_FORM_METHODS)
def edit_person(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(person: Person, posted: Any) -> PersonForm:
        form = PersonForm(posted, instance=person, unit=person.unit)
        hidden = () if can_read_person_data(request.user, person) else PERSONAL_FIELDS
        for name in hidden:  # whoever sees them masked neither reads nor overwrites them here
            form.fields.pop(name, None)
        return form

    def act(person: Person, form: PersonForm) -> None:
        version = form.cleaned_data.get("version") or 0
        services.edit_person(person, form.values(), by=request.user, version=version)

    return answer_change(request, lambda: _editable(request, pk), form_of, act, title=_("Edit %(name)s"))


@require_http_methods(_FORM_METHODS)
def assess_person(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(person: Person, posted: Any) -> AssessForm:
        return AssessForm(posted, initial=AssessForm.initial_of(person) | {"learned_on": business_date()})

    def act(person: Person, form: AssessForm) -> None:
        told = form.cleaned_data
        facts = services.assess_person(
            person,
            form.assessment(),
            learned_on=told["learned_on"],
            by=request.user,
            version=told.get("version") or 0,
        )
        if hides := learned_later(person, facts):
            names = listed(hides)
            toast(
                request,
                _("Kept in the history; what was learned later still counts: %(names)s") % {"names": names},
            )

    return answer_change(request, lambda: _editable(request, pk), form_of, act, title=_("Assess %(name)s"))


@require_http_methods(_FORM_METHODS)
def set_role(request: AuthedRequest, pk: int) -> HttpResponse:
    person = _editable(request, pk)
    form = RoleForm(request.POST or None, initial={"on": business_date()})

    def act(told: dict[str, Any]) -> None:
        role, kind = form.role_and_kind()
        services.set_role(
            person, role, kind=kind, confidence=form.confidence_value(), on=told["on"], by=request.user
        )

    title = _("Buyer role of %(name)s") % {"name": person.name}
    return answer_form(request, form, title=title, back=person.get_absolute_url(), act=act)


@require_POST
def end_role(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = PersonRole.objects.visible_to(request.user).select_related("person__unit")
    role = get_object_or_404(rows, pk=pk)
    require(can_edit_person(request.user, role.person))
    services.end_role(role, by=request.user)
    toast(request, _("Role ended."))
    return redirect(role.person)


@require_http_methods(_FORM_METHODS)
def mark_left(request: AuthedRequest, pk: int) -> HttpResponse:
    def form_of(person: Person, posted: Any) -> LeftForm:
        return LeftForm(posted, initial={"on": business_date(), "version": person.version})

    def act(person: Person, form: LeftForm) -> None:
        told = form.cleaned_data
        services.mark_left(
            person, on=told["on"], reason=told["reason"], version=told["version"] or 0, by=request.user
        )

    return answer_change(request, lambda: _editable(request, pk), form_of, act, title=_("%(name)s has left"))


@require_http_methods(_FORM_METHODS)
def add_relation(request: AuthedRequest, pk: int) -> HttpResponse:
    person = _editable(request, pk)
    form = RelationForm(request.POST or None, person=person)

    def act(told: dict[str, Any]) -> None:
        ties.relate(
            person,
            form.kind_value(),
            other=told["other"],
            staff=told["staff"],
            strength=told["strength"],
            note=told["note"],
            by=request.user,
        )

    title = _("Relation of %(name)s") % {"name": person.name}
    return answer_form(request, form, title=title, back=person.get_absolute_url(), act=act)


@require_POST
def end_relation(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Relation.objects.visible_to(request.user).select_related("person__unit")
    relation = get_object_or_404(rows, pk=pk)
    require(can_edit_person(request.user, relation.person))
    ties.end_relation(relation, by=request.user)
    toast(request, _("Relation ended."))
    return redirect(relation.person)


@require_http_methods(_FORM_METHODS)
def ask_change(request: AuthedRequest, pk: int) -> HttpResponse:
    """Ask for this person to become the key person after the time of designation."""
    person = _editable(request, pk)
    form = ReasonForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        changes.ask_key_person_change(person, by=request.user, reason=told["reason"])

    return answer_form(
        request,
        form,
        title=_("Make %(name)s the key person") % {"name": person.name},
        back=person.get_absolute_url(),
        act=act,
        done=_("Asked. Manager and director decide."),
        submit=_("Ask for approval"),
    )
