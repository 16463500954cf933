"""Below /api/v1/: the description, and every registered resource; operations answer in their rooms."""

from django.urls import URLPattern, URLResolver, path

from kam.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", views.openapi, name="api-description"),
    path("<slug:name>", views.list_rows, name="api-rows"),
    path("<slug:name>/<int:pk>", views.show_row, name="api-row"),
]
