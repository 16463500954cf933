from django.urls import URLPattern, URLResolver, path

from accounts.charts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/map/", views.show_map, name="unit-map"),
    path("accounts/<int:unit_pk>/map.pdf", views.print_map, name="unit-map-pdf"),
    path("accounts/<int:unit_pk>/flow/", views.show_flow, name="unit-flow"),
    path("accounts/<int:unit_pk>/flow/edit/", views.edit_flow, name="unit-flow-edit"),
    path("accounts/<int:unit_pk>/flow.pdf", views.print_flow, name="unit-flow-pdf"),
    path("persons/<int:pk>/place/", views.place_person, name="person-place"),
    path("persons/<int:pk>/boss/", views.set_boss, name="person-boss"),
]
