"""One's own tasks and promises: done with one tap, undone with another."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kam.core.clock import business_date
from kam.core.errors import BusinessError
from kam.core.htmx import is_htmx
from kam.core.toasts import toast, toast_fragment
from kam.core.ways import way_back
from kam.notes import services
from kam.notes.forms import PostponeForm, TaskForm
from kam.notes.models import Task
from kam.notes.selectors import row_of, task_groups
from kam.users.http import AuthedRequest


@require_GET
def list_tasks(request: AuthedRequest) -> HttpResponse:
    """Show one's tasks by urgency."""
    return _page(request, TaskForm())


@require_POST
def add_task(request: AuthedRequest) -> HttpResponse:
    """Add a task for oneself."""
    form = TaskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    try:
        services.add_task(told["text"], assignee=request.user, by=request.user, due_on=told["due_on"])
    except BusinessError as error:
        return _page(request, form, status=error.status, error=str(error))
    toast(request, _("Task added."))
    return HttpResponseRedirect(reverse("tasks"))


@require_POST
def complete_task(request: AuthedRequest, pk: int) -> HttpResponse:
    """Mark a task done; the answer offers to undo it."""
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    return _act(
        request,
        lambda: services.complete_task(task, by=request.user),
        task,
        _("Done: %(what)s"),
        "task-reopen",
    )


@require_POST
def reopen_task(request: AuthedRequest, pk: int) -> HttpResponse:
    """Open a task again."""
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    return _act(
        request,
        lambda: services.reopen_task(task, by=request.user),
        task,
        _("Open again: %(what)s"),
        "task-done",
    )


@require_POST
def postpone_task(request: AuthedRequest, pk: int) -> HttpResponse:
    """Give a task another day."""
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    form = PostponeForm(request.POST)
    if not form.is_valid():
        return _row(request, task, status=422, error=str(form.errors["due_on"][0]))
    values = form.cleaned_data
    return _act(
        request,
        lambda: services.postpone_task(
            task, due_on=values["due_on"], by=request.user, version=values["version"]
        ),
        task,
        _("New day: %(what)s"),
        "",
    )


def _act(request: AuthedRequest, act: Callable[[], Task], task: Task, text: str, undo: str) -> HttpResponse:
    try:
        task = act()
    except BusinessError as error:
        return _row(request, task, status=error.status, error=str(error))
    text = text % {"what": task.text}
    undo_url = reverse(undo, args=[task.pk]) if undo else ""
    if is_htmx(request):
        return toast_fragment(_row(request, task), text, undo=undo_url)
    toast(request, text, undo=undo_url)
    return HttpResponseRedirect(way_back(request, reverse("tasks")))


def _row(request: AuthedRequest, task: Task, *, status: int = 200, error: str = "") -> HttpResponse:
    task = Task.objects.select_related("assignee", "asked_by").get(pk=task.pk)
    row = row_of(task, request.user, business_date())
    if not is_htmx(request):
        return _page(request, TaskForm(), status=status, error=error)
    if request.POST.get("row") == "todo":
        context = {"task": task, "day": business_date(), "error": error}
        return render(request, "notes/_todo.html", context, status=status)
    return render(request, "notes/_task.html", {"row": row, "error": error}, status=status)


def _page(request: AuthedRequest, form: TaskForm, *, status: int = 200, error: str = "") -> HttpResponse:
    groups = task_groups(request.user, business_date())
    context = {"form": form, "groups": groups, "error": error, "is_empty": not any(g.rows for g in groups)}
    return render(request, "notes/tasks.html", context, status=status)
