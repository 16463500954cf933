from django.urls import URLPattern, URLResolver, path

from campaigns.sponsorships import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sponsorships/", views.list_sponsorships, name="sponsorships"),
    path("sponsorships/new/", views.ask_without_unit, name="sponsorship-new"),
    path("accounts/<int:unit_pk>/sponsorships/new/", views.ask_of_unit, name="unit-sponsorship-new"),
    path("sponsorships/<int:pk>/", views.show_sponsorship, name="sponsorship"),
    path("sponsorships/<int:pk>/edit/", views.edit_sponsorship, name="sponsorship-edit"),
    path("sponsorships/<int:pk>/report/", views.report_sponsorship, name="sponsorship-report"),
    path("sponsorships/<int:pk>/cancel/", views.cancel_sponsorship, name="sponsorship-cancel"),
    path("sponsorships/<int:pk>/request.pdf", views.print_request, name="sponsorship-pdf"),
]
