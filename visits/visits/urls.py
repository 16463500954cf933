from django.urls import URLPattern, URLResolver, path

from visits.visits import persons_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/", views.visits, name="visits"),
    path("visits/new/", views.log_visit, name="log_visit"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("visits/<int:pk>/edit/", views.edit_visit, name="edit_visit"),
    path("visits/<int:pk>/photos/", views.add_photo, name="add_visit_photo"),
    path("visits/<int:pk>/persons/", persons_views.ask_persons, name="ask_visit_persons"),
    path("visits/calls/", views.calls, name="calls"),
    path("visits/drafts/<slug:kind>/<slug:key>/", views.save_draft, name="save_draft"),
    path("sw.js", views.service_worker, name="service_worker"),
]
