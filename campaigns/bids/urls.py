from django.urls import URLPattern, URLResolver, path

from campaigns.bids import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("bids/", views.list_bids, name="bids"),
    path("bids/<int:pk>/", views.show_bid, name="bid"),
    path("bids/<int:pk>/move/", views.move, name="bid-move"),
    path("accounts/<int:unit_pk>/bids/new/", views.new_bid, name="unit-bid-new"),
]
