from django.urls import URLPattern, URLResolver, path

from campaigns.prospects import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("prospects/", views.list_prospects, name="prospects"),
    path("prospects/new/", views.register, name="prospect-new"),
    path("prospects/<int:pk>/", views.show_prospect, name="prospect"),
    path("prospects/<int:pk>/edit/", views.change, name="prospect-edit"),
    path("prospects/<int:pk>/drop/", views.drop, name="prospect-drop"),
    path("prospects/<int:pk>/take-up/", views.take_up, name="prospect-take-up"),
    path("prospects/<int:pk>/person/", views.make_person, name="prospect-person"),
    path("accounts/<int:unit_pk>/prospects/new/", views.register_for_unit, name="unit-prospect-new"),
]
