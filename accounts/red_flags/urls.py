from django.urls import URLPattern, URLResolver, path

from accounts.red_flags import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/flags/", views.list_flags, name="flags"),
    path("accounts/<int:pk>/flags/", views.show_panel, name="unit-flags"),
    path("accounts/flags/<int:pk>/accept/", views.acknowledge, name="flag-accept"),
]
