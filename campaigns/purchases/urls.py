from django.urls import URLPattern, URLResolver, path

from campaigns.purchases import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("purchases/", views.list_purchases, name="purchases"),
    path("purchases/new/", views.begin_purchase, name="purchase-new"),
    path("purchases/<int:pk>/", views.show_purchase, name="purchase"),
    path("purchases/<int:pk>/edit/", views.edit_purchase, name="purchase-edit"),
    path("purchases/<int:pk>/offers/new/", views.add_offer, name="purchase-offer-new"),
    path("purchases/offers/<int:pk>/choose/", views.choose_offer, name="purchase-offer-choose"),
    path("purchases/offers/<int:pk>/drop/", views.drop_offer, name="purchase-offer-drop"),
    path("purchases/<int:pk>/submit/", views.submit_purchase, name="purchase-submit"),
    path("purchases/<int:pk>/receive/", views.receive_goods, name="purchase-receive"),
    path("purchases/<int:pk>/cancel/", views.cancel_purchase, name="purchase-cancel"),
    path("purchases/<int:pk>/pay/", views.pay_purchase, name="purchase-pay"),
    path("purchases/<int:pk>/request.pdf", views.print_purchase, name="purchase-pdf"),
]
