from django.urls import URLPattern, URLResolver, path

from kam.search import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", views.search, name="search"),
    path("search/palette/", views.palette, name="palette"),
    path("search/pick/<str:kind>/", views.pick, name="pick"),
]
