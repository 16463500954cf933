from django.urls import URLPattern, URLResolver, path

from kam.exports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("exports/ask/<str:list_key>/<str:file_format>/", views.ask, name="ask_export"),
]
