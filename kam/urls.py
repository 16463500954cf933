"""Wiring only: apps are named as strings, each brings its own addresses."""

from django.contrib import admin
from django.urls import include, path

from kam.core.rooms import by_first_segment

urlpatterns = by_first_segment(
    [
        path("", include("kam.today.urls")),
        path("", include("kam.users.urls")),
        path("", include("kam.people.urls")),
        path("", include("kam.job_sheets.urls")),
        path("", include("kam.personnel.urls")),
        path("", include("kam.approvals.urls")),
        path("", include("kam.audit.urls")),
        path("", include("kam.outbox.urls")),
        path("", include("kam.calendar.urls")),
        path("", include("kam.settings_rows.urls")),
        path("", include("kam.jobs.urls")),
        path("", include("kam.files.urls")),
        path("", include("kam.notes.urls")),
        path("", include("kam.exports.urls")),
        path("", include("kam.lists.urls")),
        path("", include("kam.search.urls")),
        path("", include("kam.pdf.urls")),
        path("", include("kam.ops.urls")),
        path("", include("kam.demo.urls")),
        path("", include("accounts.urls")),
        path("", include("visits.urls")),
        path("", include("campaigns.urls")),
        path("", include("kpi.urls")),
        path("", include("kam.api.urls_tokens")),
        path("", include("kam.webhooks.urls")),
        path("api/v1/", include("kam.api.urls")),
        path("admin/", admin.site.urls),
    ]
)

handler400 = "kam.core.errors_views.bad_request"
handler403 = "kam.core.errors_views.forbidden"
handler404 = "kam.core.errors_views.not_found"
handler500 = "kam.core.errors_views.server_error"
