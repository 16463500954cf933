from django.urls import URLPattern, URLResolver, path

from campaigns.briefings import attend_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("briefings/", views.list_briefings, name="briefings"),
    path("accounts/<int:unit_pk>/briefings/new/", views.ask_briefing, name="unit-briefing-new"),
    path("briefings/<int:pk>/", views.show_briefing, name="briefing"),
    path("briefings/<int:pk>/edit/", views.edit_briefing, name="briefing-edit"),
    path("briefings/<int:pk>/prepare/", views.prepare_briefing, name="briefing-prepare"),
    path("briefings/<int:pk>/cancel/", views.cancel_briefing, name="briefing-cancel"),
    path("briefings/<int:pk>/step/", views.step, name="briefing-step"),
    path("briefings/<int:pk>/count/", views.count_briefing, name="briefing-count"),
    path("briefings/<int:pk>/attend/", attend_views.attend, name="briefing-attend"),
    path(
        "briefings/<int:pk>/attendees/<int:attendee>/",
        attend_views.change_attendee,
        name="briefing-attendee",
    ),
    path("briefings/<int:pk>/plan.pdf", views.print_plan, name="briefing-plan-pdf"),
    path("briefings/<int:pk>/attendance.pdf", views.print_attendance, name="briefing-attendance-pdf"),
]
