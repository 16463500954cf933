from django.urls import URLPattern, URLResolver, path

from campaigns.expenses import views, views_phone

urlpatterns: list[URLPattern | URLResolver] = [
    path("expenses/", views.list_claims, name="expenses"),
    path("expenses/new/", views.begin_claim, name="expense-new"),
    path("expenses/phone/", views_phone.list_limits, name="phone-limits"),
    path("expenses/phone/new/", views_phone.ask_limit, name="phone-limit-new"),
    path("expenses/phone/<int:pk>/", views_phone.show_limit, name="phone-limit"),
    path("expenses/phone/<int:pk>/edit/", views_phone.edit_limit, name="phone-limit-edit"),
    path("expenses/<int:pk>/", views.show_claim, name="expense"),
    path("expenses/<int:pk>/receipts/new/", views.add_receipt, name="expense-receipt"),
    path("expenses/receipts/<int:pk>/drop/", views.drop_receipt, name="expense-receipt-drop"),
    path("expenses/<int:pk>/submit/", views.submit_claim, name="expense-submit"),
    path("expenses/<int:pk>/pay/", views.pay_claim, name="expense-pay"),
    path("expenses/<int:pk>/cancel/", views.cancel_claim, name="expense-cancel"),
    path("expenses/<int:pk>/claim.pdf", views.print_claim, name="expense-pdf"),
]
