from django.urls import URLPattern, URLResolver, path

from campaigns.campaigns import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", views.list_campaigns, name="campaigns"),
    path("campaigns/<int:pk>/", views.show_campaign, name="campaign"),
    path("campaigns/<int:pk>/copy/", views.copy, name="campaign-copy"),
    path("campaigns/<int:pk>/submit/", views.submit, name="campaign-submit"),
    path("campaigns/<int:pk>/close/", views.close, name="campaign-close"),
]
