from django.urls import URLPattern, URLResolver, path

from visits.followups import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("followups/", views.followups, name="followups"),
    path("followups/new/", views.file_followup, name="file_followup"),
    path("followups/<int:pk>/", views.followup, name="followup"),
    path("followups/<int:pk>/pdf/", views.followup_pdf, name="followup_pdf"),
]
