from django.urls import URLPattern, URLResolver, path

from kam.api import views_tokens

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/tokens/", views_tokens.tokens, name="api-tokens"),
    path("me/tokens/<int:pk>/revoke/", views_tokens.revoke, name="api-token-revoke"),
]
