"""Who we are: teams with lead, manager, industries and people, and where they differ from the norm (S-135, S-143)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kam.people.selectors import department
from kam.users.http import AuthedRequest


@require_GET
def show_department(request: AuthedRequest) -> HttpResponse:
    """Show the department; colleagues' names and posts are known to everybody, nothing else of them stands here."""
    return render(request, "people/department.html", {"department": department()})
