from django.urls import URLPattern, URLResolver, path

from accounts.needs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/needs/new/", views.add_need, name="need-new"),
    path("needs/<int:pk>/move/", views.move_need, name="need-move"),
]
