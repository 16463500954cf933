from django.urls import re_path

from kam.pdf import views

urlpatterns = [
    re_path(r"^documents/check/(?P<digest>[0-9a-f]{24})/$", views.check_document, name="document-check"),
]
