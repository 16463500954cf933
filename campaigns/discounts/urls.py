from django.urls import URLPattern, URLResolver, path

from campaigns.discounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/<int:pk>/discounts.pdf", views.print_confirmation, name="campaign-discounts-pdf"),
]
