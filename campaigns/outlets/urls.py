from django.urls import URLPattern, URLResolver, path

from campaigns.outlets import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("outlets/", views.list_outlets, name="outlets"),
    path("outlets/quarter/", views.show_quarter, name="outlets-quarter"),
    path("accounts/<int:unit_pk>/outlets/new/", views.new_outlet, name="unit-outlet-new"),
    path("outlets/<int:pk>/", views.show_outlet, name="outlet"),
    path("outlets/quarter/sheet.pdf", views.print_quarter, name="outlets-quarter-pdf"),
    path("outlets/<int:pk>/sheet.pdf", views.print_outlet, name="outlet-pdf"),
    path("outlets/<int:pk>/edit/", views.edit_outlet, name="outlet-edit"),
    path("outlets/<int:pk>/close/", views.close_outlet, name="outlet-close"),
    path("outlets/<int:pk>/sales/", views.tell_sales, name="outlet-sales"),
    path("outlets/<int:pk>/sellers/new/", views.name_seller, name="outlet-seller-new"),
    path("outlets/<int:pk>/sellers/<int:seller_pk>/end/", views.end_seller, name="outlet-seller-end"),
]
