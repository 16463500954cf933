from django.urls import URLPattern, URLResolver, path

from kam.lists import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("views/", views.save_view, name="save_view"),
    path("views/<int:pk>/default/", views.default_view, name="default_view"),
    path("views/<int:pk>/drop/", views.drop_view, name="drop_view"),
    path("exports/<int:pk>/", views.download_export, name="download_export"),
]
