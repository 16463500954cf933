from django.urls import URLPattern, URLResolver, path

from campaigns.rebates import views, views_counter

urlpatterns: list[URLPattern | URLResolver] = [
    path("rebates/", views.list_rebates, name="rebates"),
    path("rebates/totals/", views.show_totals, name="rebate-totals"),
    path("rebates/pay/", views_counter.pay_selected, name="rebates-pay"),
    path("rebates/<int:pk>/", views.show_rebate, name="rebate"),
    path("rebates/<int:pk>/check/", views_counter.check, name="rebate-check"),
    path("rebates/<int:pk>/pay/", views_counter.pay_one, name="rebate-pay"),
    path("rebates/<int:pk>/void/", views.void, name="rebate-void"),
    path("rebates/<int:pk>/pdf/", views_counter.print_receipt, name="rebate-pdf"),
    path("rebates/recoveries/<int:pk>/", views_counter.recover, name="rebate-recovery"),
    path("deals/<int:pk>/rebate/", views.show_why, name="deal-rebate"),
    path("deals/<int:pk>/rebate/claim/", views.ask, name="deal-rebate-claim"),
]
