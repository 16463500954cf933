from django.urls import URLPattern, URLResolver, include, path

from kam.approvals import views

_approvals: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("bulk/", views.bulk_approve, name="bulk"),
    path("link/<str:token>/", views.open_link, name="link"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/return/", views.return_for_changes, name="return"),
    path("<int:pk>/reject/", views.reject, name="reject"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/delegate/", views.delegate, name="delegate"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", include((_approvals, "approvals"))),
]
