"""`migrate` from nothing is quick, and a step in Python still gets models that know each other."""

import pytest
from django.core.management import call_command, load_command_class
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from kam.approvals.models import Route, RouteStep
from kam.ops.management.commands.migrate import only_itself


def table(name, *fields):
    return ModelState("planted", name, [("id", models.AutoField(primary_key=True)), *fields])


def pointing(name, to):
    return table(name, ("to", models.ForeignKey(f"planted.{to}", models.CASCADE)))


def test_a_new_table_leaves_the_models_around_it_alone():
    state = ProjectState()
    state.add_model(table("Unit"))
    state.add_model(pointing("Person", "Unit"))
    before = state.apps.get_model("planted", "Person")
    with only_itself():
        state.add_model(pointing("Visit", "Unit"))
    assert state.apps.get_model("planted", "Person") is before
    assert (
        state.apps.get_model("planted", "Visit")._meta.get_field("to").related_model._meta.model_name
        == "unit"
    )


def test_a_step_in_python_is_given_all_models_anew():
    state = ProjectState()
    state.add_model(table("Unit"))
    assert state.apps.get_model("planted", "Unit")._meta.related_objects == ()
    with only_itself():
        state.add_model(pointing("Visit", "Unit"))
    state.clear_delayed_apps_cache()
    unit, visit = (state.apps.get_model("planted", name) for name in ("Unit", "Visit"))
    assert visit._meta.get_field("to").related_model is unit
    assert [found.related_model for found in unit._meta.related_objects] == [visit]


def test_afterwards_django_is_as_it_was():
    own = ProjectState.add_model, ProjectState._find_reload_model
    with only_itself():
        assert (ProjectState.add_model, ProjectState._find_reload_model) != own
    assert (ProjectState.add_model, ProjectState._find_reload_model) == own


def test_the_command_is_the_quick_one():
    assert load_command_class("kam.ops", "migrate").__module__ == "kam.ops.management.commands.migrate"


@pytest.mark.django_db
def test_a_route_that_a_new_version_brings_is_there_after_migrating():
    known = set(Route.objects.values_list("subject_key", flat=True))
    RouteStep.objects.filter(route__subject_key="visit_plan").delete()
    Route.objects.filter(subject_key="visit_plan").delete()
    call_command("migrate", verbosity=0, plan=True)
    assert not Route.objects.filter(subject_key="visit_plan").exists()
    call_command("migrate", verbosity=0)
    assert set(Route.objects.values_list("subject_key", flat=True)) == known
