from django.urls import URLPattern, URLResolver, path

from accounts.pool import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("pool/", views.list_pool, name="pool"),
    path("pool/warnings/", views.list_falling, name="pool-warnings"),
    path("pool/<int:pk>/", views.show_unit, name="pool-unit"),
    path("pool/<int:pk>/claim/", views.claim_unit, name="pool-claim"),
    path("transfers/", views.list_transfers, name="transfers"),
    path("transfers/<int:pk>/", views.show_transfer, name="transfer"),
    path("transfers/<int:pk>/edit/", views.change_transfer, name="transfer-edit"),
    path("accounts/<int:unit_pk>/transfer/", views.ask_transfer, name="unit-transfer"),
]
