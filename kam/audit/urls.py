from django.urls import URLPattern, URLResolver, include, path

from kam.audit import views

_audit: list[URLPattern | URLResolver] = [path("", views.search, name="search")]

urlpatterns: list[URLPattern | URLResolver] = [
    path("audit/", include((_audit, "audit"))),
    path("history/<str:kind>/<str:pk>/", views.history, name="history"),
]
