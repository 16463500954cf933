from django.urls import path

from kam.notes import views

urlpatterns = [
    path("tasks/", views.list_tasks, name="tasks"),
    path("tasks/new/", views.add_task, name="task-add"),
    path("tasks/<int:pk>/done/", views.complete_task, name="task-done"),
    path("tasks/<int:pk>/reopen/", views.reopen_task, name="task-reopen"),
    path("tasks/<int:pk>/postpone/", views.postpone_task, name="task-postpone"),
]
