from django.urls import URLPattern, URLResolver, path

from visits.plans import views, views_lines

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/week/", views.show_week, name="week_plan"),
    path("visits/week/add/", views_lines.add_line, name="plan_line_add"),
    path("visits/week/persons/", views_lines.list_persons, name="plan_persons"),
    path("visits/week/copy/", views.copy_last_week, name="week_copy"),
    path("visits/week/goal/", views.set_goal, name="week_goal"),
    path("visits/week/pick/", views.pick_proposal, name="week_pick"),
    path("visits/week/<int:pk>/submit/", views.submit_plan, name="week_submit"),
    path("visits/week/<int:pk>/plan.pdf", views_lines.print_week, name="week_pdf"),
    path("visits/week/<int:pk>/revise/", views.revise_plan, name="week_revise"),
    path("visits/week/lines/<int:pk>/", views_lines.edit_line, name="plan_line"),
    path("visits/week/lines/<int:pk>/move/", views.move_line, name="plan_line_move"),
    path("visits/week/lines/<int:pk>/cancel/", views.cancel_line, name="plan_line_cancel"),
    path("visits/week/lines/<int:pk>/restore/", views.restore_line, name="plan_line_restore"),
    path("visits/week/lines/<int:pk>/postpone/", views_lines.postpone_line, name="plan_line_postpone"),
    path("visits/week/lines/<int:pk>/submit/", views.submit_line, name="plan_line_submit"),
]
