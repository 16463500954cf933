from django.urls import URLPattern, URLResolver, path

from kam.personnel import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/proposals/", views.list_proposals, name="personnel-proposals"),
    path("people/proposals/new/<str:kind>/", views.draft, name="personnel-proposal-new"),
    path("people/proposals/<int:pk>/", views.show_proposal, name="personnel-proposal"),
    path("people/proposals/<int:pk>/edit/", views.change, name="personnel-proposal-edit"),
    path("people/proposals/<int:pk>/hand-in/", views.hand_in, name="personnel-proposal-hand-in"),
    path("people/proposals/<int:pk>/give-up/", views.give_up, name="personnel-proposal-give-up"),
    path("people/proposals/<int:pk>/files/", views.add_file, name="personnel-proposal-files"),
    path("people/proposals/<int:pk>/comment/", views.comment, name="personnel-proposal-comment"),
    path("people/proposals/<int:pk>/sheet.pdf", views.print_proposal, name="personnel-proposal-pdf"),
]
