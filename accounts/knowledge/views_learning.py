"""Pages of knowledge and cases, training, service standards."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.knowledge import services_learning as services
from accounts.knowledge.forms import ArticleForm, PeopleForm, ResultForm, TrainingForm
from accounts.knowledge.models import Article, Training, TrainingPlace
from accounts.knowledge.permissions import (
    can_edit_article,
    can_hold_trainings,
    can_read_knowledge,
    can_set_standards,
    can_write_articles,
)
from accounts.knowledge.selectors import STANDARD_DAYS, readers_of, standings
from accounts.knowledge.tables import KNOWLEDGE
from accounts.knowledge.terms import ArticleKind, Category
from kam.core.answers import answer_form
from kam.core.clock import business_date
from kam.core.toasts import toast
from kam.lists.http import list_response
from kam.users.http import AuthedRequest, require
from kam.users.scopes import scope_of

_FORM_METHODS = ["GET", "POST"]
SHOWN = 100


@require_GET
def list_articles(request: AuthedRequest) -> HttpResponseBase:
    """Everything written down for everybody."""
    require(can_read_knowledge(request.user))
    context = {"can_write": can_write_articles(request.user)}
    return list_response(request, KNOWLEDGE, page="accounts/knowledge/list.html", context=context)


def _words(told: dict[str, Any]) -> services.Words:
    return services.Words(
        ArticleKind(told["kind"]), Category(told["category"]), told["title"], told["text"], told["unit"]
    )


@require_http_methods(_FORM_METHODS)
def write(request: AuthedRequest) -> HttpResponse:
    """Write an article or a case."""
    require(can_write_articles(request.user))
    form = ArticleForm(request.POST or None, user=request.user)

    def act(told: dict[str, Any]) -> str:
        return services.write_article(_words(told), by=request.user).get_absolute_url()

    return answer_form(request, form, title=_("Write an article"), back=reverse("knowledge"), act=act)


def _article(request: AuthedRequest, pk: int) -> Article:
    rows = Article.objects.visible_to(request.user).select_related("author", "unit")
    return get_object_or_404(rows, pk=pk)


@require_GET
def show(request: AuthedRequest, pk: int) -> HttpResponse:
    """An article: its words, who has read them, earlier revisions."""
    article, user = _article(request, pk), request.user
    readers = readers_of(article)
    unit = article.unit
    context = {
        "article": article,
        "readers": readers,
        "has_read": any(row.user_id == user.pk for row in readers),
        "revisions": article.revisions.select_related("by"),
        "can_edit": article.retired_on is None and can_edit_article(user, article),
        "reads_unit": unit is not None and scope_of(user).covers(unit.owner_id, unit.team_id),
    }
    return render(request, "accounts/knowledge/article.html", context)


@require_http_methods(_FORM_METHODS)
def revise(request: AuthedRequest, pk: int) -> HttpResponse:
    """Say it anew."""
    article = _article(request, pk)
    require(can_edit_article(request.user, article))

    def form_of(row: Article, data: Any = None) -> ArticleForm:
        names = ("kind", "category", "title", "text", "unit", "version")
        return ArticleForm(data, user=request.user, initial={name: getattr(row, name) for name in names})

    def act(told: dict[str, Any]) -> None:
        services.revise_article(article, _words(told), version=told["version"] or 0, by=request.user)

    return answer_form(
        request,
        form_of(article, request.POST or None),
        title=article.title,
        back=article.get_absolute_url(),
        act=act,
        fresh=lambda: form_of(_article(request, pk)),
    )


@require_POST
def read(request: AuthedRequest, pk: int) -> HttpResponse:
    """Note that one has read it."""
    article = _article(request, pk)
    services.note_reading(article, by=request.user)
    return redirect(article)


@require_POST
def retire(request: AuthedRequest, pk: int) -> HttpResponse:
    """Take it out of the list."""
    article = _article(request, pk)
    require(can_edit_article(request.user, article))
    services.retire_article(article, by=request.user)
    toast(request, _("Retired."))
    return redirect("knowledge")


@require_GET
def list_trainings(request: AuthedRequest) -> HttpResponse:
    """The sessions, the next first, with how many take part."""
    require(can_read_knowledge(request.user))
    rows = Training.objects.annotate(
        invited=Count("places"), came=Count("places", filter=Q(places__attended=True))
    )
    context = {
        "trainings": rows[:SHOWN],
        "today": business_date(),
        "mine": set(TrainingPlace.objects.filter(user=request.user).values_list("training", flat=True)),
        "can_hold": can_hold_trainings(request.user),
    }
    return render(request, "accounts/knowledge/trainings.html", context)


@require_http_methods(_FORM_METHODS)
def plan(request: AuthedRequest) -> HttpResponse:
    """Plan a session."""
    require(can_hold_trainings(request.user))
    form = TrainingForm(request.POST or None, initial={"starts_at": "09:00", "ends_at": "11:00"})

    def act(told: dict[str, Any]) -> str:
        values = {name: value for name, value in told.items() if name != "people"}
        return services.plan_training(values, told["people"], by=request.user).get_absolute_url()

    return answer_form(request, form, title=_("Plan a training"), back=reverse("trainings"), act=act)


@require_GET
def show_training(request: AuthedRequest, pk: int) -> HttpResponse:
    """A session; results are seen by whoever holds trainings, and everybody's own by themselves."""
    require(can_read_knowledge(request.user))
    training = get_object_or_404(Training.objects.select_related("by").filter(pk=pk))
    holds = can_hold_trainings(request.user)
    places = training.places.select_related("user")
    context = {
        "training": training,
        "places": [(row, holds or row.user_id == request.user.pk) for row in places],
        "holds": holds,
        "is_past": training.on <= business_date(),
    }
    return render(request, "accounts/knowledge/training.html", context)


@require_http_methods(_FORM_METHODS)
def invite(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give places to colleagues."""
    require(can_hold_trainings(request.user))
    training = get_object_or_404(Training.objects.filter(pk=pk))
    form = PeopleForm(request.POST or None)

    def act(told: dict[str, Any]) -> None:
        services.add_participants(training, told["people"], by=request.user)

    return answer_form(request, form, title=training.title, back=training.get_absolute_url(), act=act)


@require_http_methods(_FORM_METHODS)
def note_result(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who took part, and what came of it."""
    require(can_hold_trainings(request.user))
    place = get_object_or_404(TrainingPlace.objects.select_related("training", "user").filter(pk=pk))
    form = ResultForm(request.POST or None, place=place)

    def act(told: dict[str, Any]) -> None:
        services.note_result(place, attended=told["attended"], result=told["result"], by=request.user)

    title = f"{place.user.name} · {place.training.title}"
    return answer_form(request, form, title=title, back=place.training.get_absolute_url(), act=act)


@require_GET
def standards(request: AuthedRequest) -> HttpResponse:
    """What customers may expect, beside what they got in the last ninety days."""
    require(can_read_knowledge(request.user))
    context = {"rows": standings(), "days": STANDARD_DAYS, "can_set": can_set_standards(request.user)}
    return render(request, "accounts/knowledge/standards.html", context)
