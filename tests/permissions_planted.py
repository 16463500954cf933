"""Addresses with planted faults, for the negative controls of the permission table."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import include, path

from accounts.units.models import KeyAccount
from kam.core.bulk import copy_rows
from kam.users.models import Team


def write_and_refuse(request: HttpRequest) -> HttpResponse:
    Team.objects.create(name="written although refused")
    raise PermissionDenied


def write_by_hand_and_refuse(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(request.POST["sql"])
    raise PermissionDenied


def copy_and_refuse(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        copy_rows([Team(name="copied although refused")])
    return HttpResponseForbidden()


def trusting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(int(request.GET.get("number", "1"))))


class Believing(forms.Form):
    unit = forms.ModelChoiceField(KeyAccount.objects.all())


def believing(request: HttpRequest) -> HttpResponse:
    form = Believing(request.POST)
    if form.is_valid():
        Team.objects.create(name=f"for {form.cleaned_data['unit'].pk}")
    return HttpResponse("believed")


def telling(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(KeyAccount.objects.filter(pk=int(request.GET.get("unit", "0"))).first()))


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


urlpatterns = [
    path("planted/", write_and_refuse),
    path("planted/by-hand/", write_by_hand_and_refuse),
    path("planted/copied/", copy_and_refuse),
    path("believing/", believing),
    path("telling/", telling),
    path("fine/", fine),
    path("trusting/", trusting),
    path("", include("kam.urls")),
]
