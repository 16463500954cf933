from django.urls import URLPattern, URLResolver, path

from campaigns.campaigns import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", views.list_campaigns, name="campaigns"),
    path("campaigns/<int:pk>/", views.show_campaign, name="campaign"),
]
