from django.urls import URLPattern, URLResolver, path

from accounts.archive import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/incomplete/", views.list_incomplete, name="incomplete-files"),
]
