from django.urls import URLPattern, URLResolver, path

from visits.packs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("promises/", views.list_promises, name="promises"),
    path("accounts/<int:unit_pk>/pack.pdf", views.print_pack, name="unit-pack"),
]
