from django.urls import URLPattern, URLResolver, path

from visits.papers import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/daily/", views.daily_report, name="daily_report"),
    path("visits/contact-sheet/", views.contact_sheet, name="contact_sheet"),
]
