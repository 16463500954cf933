from django.urls import URLPattern, URLResolver, path

from campaigns.earnest import views, views_choosing

urlpatterns: list[URLPattern | URLResolver] = [
    path("earnest/", views.list_earnest, name="earnest-list"),
    path("earnest/new/", views.new_ordinary, name="earnest-new"),
    path("earnest/<int:pk>/", views.show_earnest, name="earnest"),
    path("earnest/<int:pk>/receipt/", views.confirm, name="earnest-receipt"),
    path("earnest/<int:pk>/drop/", views.drop, name="earnest-drop"),
    path("earnest/<int:pk>/refund/", views.give_back, name="earnest-refund"),
    path("earnest/<int:pk>/pdf/", views.print_receipt, name="earnest-pdf"),
    path("accounts/<int:unit_pk>/earnest/new/", views.new_for_unit, name="unit-earnest-new"),
    path("campaigns/<int:pk>/choosing/", views_choosing.show_choosing, name="choosing"),
    path("campaigns/<int:pk>/choosing/<slug:act>/", views_choosing.press, name="choosing-act"),
]
