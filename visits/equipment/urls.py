from django.urls import URLPattern, URLResolver, path

from visits.equipment import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/equipment/", views.list_loans, name="loans"),
    path("visits/equipment/new/", views.ask_loan, name="loan-new"),
    path("visits/equipment/<int:pk>/", views.show_loan, name="loan"),
    path("visits/equipment/<int:pk>/edit/", views.edit_loan, name="loan-edit"),
    path("visits/equipment/<int:pk>/cancel/", views.cancel_loan, name="loan-cancel"),
    path("visits/equipment/<int:pk>/out/", views.hand_out, name="loan-out"),
    path("visits/equipment/<int:pk>/back/", views.take_back, name="loan-back"),
    path("visits/equipment/<int:pk>/request.pdf", views.print_loan, name="loan-pdf"),
]
