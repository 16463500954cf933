from django.urls import URLPattern, URLResolver, path, register_converter

from campaigns.campaigns import part_views, views
from campaigns.campaigns.converters import PartConverter

register_converter(PartConverter, "campaignpart")

urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", views.list_campaigns, name="campaigns"),
    path("campaigns/new/", part_views.draft, name="campaign-new"),
    path("campaigns/<int:pk>/", views.show_campaign, name="campaign"),
    path("campaigns/<int:pk>/copy/", views.copy, name="campaign-copy"),
    path("campaigns/<int:pk>/submit/", views.submit, name="campaign-submit"),
    path("campaigns/<int:pk>/close/", views.close, name="campaign-close"),
    path("campaigns/<int:pk>/edit/", part_views.edit, name="campaign-edit"),
    path("campaigns/<int:pk>/<campaignpart:kind>/new/", part_views.add, name="campaign-part-new"),
    path("campaigns/<int:pk>/<campaignpart:kind>/<int:part>/", part_views.change, name="campaign-part"),
    path(
        "campaigns/<int:pk>/<campaignpart:kind>/<int:part>/remove/",
        part_views.remove,
        name="campaign-part-remove",
    ),
    path("campaigns/<int:pk>/line/<int:part>/done/", part_views.tick, name="campaign-line-done"),
]
