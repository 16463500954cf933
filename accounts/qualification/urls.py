from django.urls import URLPattern, URLResolver, path

from accounts.qualification import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/qualification/<slug:code>/", views.state_criterion, name="criterion-state"),
]
