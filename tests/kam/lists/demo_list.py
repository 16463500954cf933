"""A list of people, as a room would declare one; test_*.py beside it open it over HTTP at /demo/."""

import django_filters
from django.http import HttpResponse
from django.urls import include, path

from kam.lists.filters import OneOf
from kam.lists.http import list_response, selected_rows
from kam.lists.spec import BulkAction, Column, ListSpec, Name, Sort, View, register_list
from kam.users.models import User


class PeopleFilter(django_filters.FilterSet):
    position = OneOf(label="Position", choices=[("specialist", "Specialist"), ("manager", "Manager")])
    joined_on = django_filters.DateFromToRangeFilter(label="Joined")


PEOPLE = register_list(
    ListSpec(
        key="tests.people",
        url="/demo/",
        title="People",
        rows=lambda user: (
            User.objects.filter(staff_number__startswith="p")
            if user.position != "hr"
            else User.objects.none()
        ),
        columns=(
            Column(
                "name",
                "Name",
                lambda u: Name(u.name, sub=u.staff_number, tier="A"),
                "name",
                sort="name",
                phone="title",
            ),
            Column("position", "Position", lambda u: ("good", u.position), "badge", phone="left"),
            Column("joined", "Joined", "joined_on", "date", phone="end"),
            Column("left", "Left", "left_on", "date", sort="left"),
            Column("number", "Number", lambda u: u.pk % 7 + 1234567, "number"),
            Column("mail", "E-mail", "email", is_shown=False),
            Column("mobile", "Mobile", "mobile", is_shown=False, is_personal=True),
        ),
        sorts=(Sort("name", "Name", "name"), Sort("left", "Left", "left_on", descending=True, nullable=True)),
        filterset=PeopleFilter,
        search=lambda rows, text: rows.filter(name__icontains=text),
        row_url=lambda u: f"/demo/{u.pk}/",
        views=(View("managers", "Managers", "position=manager"),),
        bulk=(BulkAction("greet", "Greet", "hand-stop", "/demo/greet/"),),
        page_size=5,
        can_export=lambda user: user.position != "clerk",
    )
)


def people(request):
    return list_response(request, PEOPLE)


def greet(request):
    return HttpResponse(
        ",".join(selected_rows(request, PEOPLE).order_by("name").values_list("name", flat=True))
    )


urlpatterns = [path("demo/", people), path("demo/greet/", greet), path("", include("kam.urls"))]
