from django.urls import URLPattern, URLResolver, path

from visits.quotas import views

urlpatterns: list[URLPattern | URLResolver] = [path("visits/quotas/", views.quotas, name="quotas")]
