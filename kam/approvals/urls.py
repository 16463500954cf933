from django.urls import URLPattern, URLResolver, include, path

from kam.approvals import views

_approvals: list[URLPattern | URLResolver] = [
    path("<int:pk>/", views.detail, name="detail"),
    path("link/<str:token>/", views.open_link, name="link"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", include((_approvals, "approvals"))),
]
