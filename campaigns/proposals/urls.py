from django.urls import URLPattern, URLResolver, path

from campaigns.proposals import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("proposals/", views.list_proposals, name="proposals"),
    path("proposals/<int:pk>/", views.show_proposal, name="proposal"),
    path("proposals/<int:pk>/version/", views.add_version, name="proposal-version"),
    path("proposals/<int:pk>/answer/", views.answer, name="proposal-answer"),
    path("proposals/versions/<int:pk>/present/", views.present, name="proposal-present"),
    path("accounts/<int:unit_pk>/proposals/new/", views.new_proposal, name="unit-proposal-new"),
]
