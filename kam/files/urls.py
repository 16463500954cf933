from django.urls import URLPattern, URLResolver, path

from kam.files import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("files/<int:pk>/", views.download, name="download_file"),
    path("files/<int:pk>/remove/", views.remove, name="remove_file"),
    path("files/<int:pk>/restore/", views.restore, name="restore_file"),
]
