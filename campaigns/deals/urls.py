from django.urls import URLPattern, URLResolver, path

from campaigns.deals import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("deals/", views.list_deals, name="deals"),
    path("deals/<int:pk>/", views.show_deal, name="deal"),
    path("deals/<int:pk>/sign/", views.sign, name="deal-sign"),
    path("deals/<int:pk>/cancel/", views.cancel, name="deal-cancel"),
    path("deals/<int:pk>/payments/", views.pay, name="deal-pay"),
    path("deals/numbers/<int:pk>/", views.decide, name="deal-number-lost"),
    path("accounts/<int:unit_pk>/deals/new/", views.new_deal, name="unit-deal-new"),
]
