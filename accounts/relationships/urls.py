from django.urls import URLPattern, URLResolver, path

from accounts.relationships import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:unit_pk>/insiders/", views.show_insiders, name="unit-insiders"),
    path("persons/<int:pk>/insider/", views.cultivate, name="person-insider"),
    path("persons/<int:pk>/strengthen/", views.open_sheet, name="person-strengthen"),
    path("strengthening/", views.list_sheets, name="strengthening-sheets"),
    path("strengthening/<int:pk>/", views.show_sheet, name="strengthening"),
    path("strengthening/<int:pk>/sheet.pdf", views.print_sheet, name="strengthening-pdf"),
    path("strengthening/<int:pk>/actions/new/", views.add_action, name="strengthening-action"),
    path(
        "strengthening/<int:pk>/actions/<int:action_pk>/",
        views.finish_action,
        name="strengthening-action-done",
    ),
    path("strengthening/<int:pk>/review/", views.review_sheet, name="strengthening-review"),
]
