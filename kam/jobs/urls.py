from django.urls import URLPattern, URLResolver, path

from kam.jobs import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/stop/", views.stop, name="job-stop"),
]
