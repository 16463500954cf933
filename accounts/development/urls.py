from django.urls import URLPattern, URLResolver, path

from accounts.development import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/phases/", views.show_board, name="phases"),
    path("accounts/<int:unit_pk>/phase/", views.move, name="unit-phase"),
    path("accounts/<int:unit_pk>/development/", views.show_unit, name="unit-development"),
    path("accounts/<int:unit_pk>/swot/edit/", views.edit_swot, name="unit-swot-edit"),
]
