from django.urls import include, path

urlpatterns = [path("login/", include("allauth.urls"))]
