from django.urls import URLPattern, URLResolver, path

from accounts.evaluation import views, views_sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/evaluations/", views.list_rounds, name="evaluations"),
    path("accounts/evaluations/new/", views.open_round, name="evaluation-new"),
    path("accounts/evaluations/compare/", views.compare, name="evaluation-compare"),
    path("accounts/evaluations/compare.pdf", views.print_comparison, name="evaluation-compare-pdf"),
    path("accounts/evaluations/sheets/", views.list_sheets, name="score-sheets"),
    path("accounts/evaluations/sheets/<int:pk>/", views_sheets.show_sheet, name="score-sheet"),
    path("accounts/evaluations/sheets/<int:pk>/sheet.pdf", views_sheets.print_sheet, name="score-sheet-pdf"),
    path("accounts/evaluations/sheets/<int:pk>/decide/", views_sheets.decide, name="score-sheet-decide"),
    path("accounts/evaluations/sheets/<int:pk>/return/", views_sheets.give_back, name="score-sheet-return"),
    path("accounts/evaluations/sheets/<int:pk>/scorer/", views_sheets.assign, name="score-sheet-scorer"),
    path("accounts/evaluations/<int:pk>/", views.show_round, name="evaluation"),
    path("accounts/evaluations/<int:pk>/close/", views.close_round, name="evaluation-close"),
    path("accounts/evaluations/<int:pk>/decide/", views.decide_selected, name="evaluation-decide"),
    path("accounts/<int:unit_pk>/focus/end/", views.end_focus, name="unit-focus-end"),
]
