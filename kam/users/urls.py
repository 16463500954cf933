from django.urls import URLPattern, URLResolver, path

from kam.users import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/theme/", views.set_theme, name="set_theme"),
    path("preferences/density/", views.set_density, name="set_density"),
    path("frame/counts/", views.counts, name="frame_counts"),
]
