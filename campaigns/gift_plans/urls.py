from django.urls import URLPattern, URLResolver, path

from campaigns.gift_plans import views, views_lines

urlpatterns: list[URLPattern | URLResolver] = [
    path("gifts/plans/", views.list_plans, name="gift-plans"),
    path("gifts/plans/new/", views.new_plan, name="gift-plan-new"),
    path("gifts/plans/<int:pk>/", views.show_plan, name="gift-plan"),
    path("gifts/plans/<int:pk>/edit/", views.edit_plan, name="gift-plan-edit"),
    path("gifts/plans/<int:pk>/fill/", views_lines.fill, name="gift-plan-fill"),
    path("gifts/plans/<int:pk>/lines/new/", views_lines.add_line, name="gift-plan-line"),
    path("gifts/plans/<int:pk>/submit/", views.submit_plan, name="gift-plan-submit"),
    path("gifts/plans/<int:pk>/discard/", views.discard_plan, name="gift-plan-discard"),
    path("gifts/plans/<int:pk>/plan.pdf", views.print_plan, name="gift-plan-pdf"),
    path("gifts/plans/lines/<int:pk>/remove/", views_lines.remove_line, name="gift-plan-line-remove"),
    path("gifts/plans/lines/<int:pk>/ask/", views_lines.ask_line, name="gift-plan-line-ask"),
    path("gifts/plans/lines/<int:pk>/drop/", views_lines.drop_line, name="gift-plan-line-drop"),
    path("gifts/schedules/", views_lines.list_schedules, name="gift-schedules"),
    path("gifts/schedules/<int:pk>/end/", views_lines.end_schedule, name="gift-schedule-end"),
    path("accounts/<int:unit_pk>/gift-schedules/new/", views_lines.add_schedule, name="gift-schedule-new"),
]
