from django.urls import URLPattern, URLResolver, path

from campaigns.budgets import views, views_money

urlpatterns: list[URLPattern | URLResolver] = [
    path("budgets/", views.list_budgets, name="budgets"),
    path("budgets/lines/", views.list_lines, name="budget-lines"),
    path("budgets/entries/", views.list_entries, name="budget-entries"),
    path("budgets/new/", views.add_budget, name="budget-new"),
    path("budgets/<int:pk>/", views.show_budget, name="budget"),
    path("budgets/<int:pk>/edit/", views.edit_budget, name="budget-edit"),
    path("budgets/<int:pk>/submit/", views.submit_budget, name="budget-submit"),
    path("budgets/<int:pk>/copy/", views.copy_budget, name="budget-copy"),
    path("budgets/<int:pk>/budget.pdf", views.print_budget, name="budget-pdf"),
    path("budgets/<int:pk>/statement.pdf", views.print_statement, name="budget-statement-pdf"),
    path("budgets/<int:pk>/supplement/", views_money.ask_supplement, name="budget-supplement"),
    path("budgets/<int:pk>/transfer/", views_money.ask_transfer, name="budget-transfer"),
    path("budgets/<int:pk>/book/", views_money.book, name="budget-book"),
    path("budgets/entries/<int:pk>/pay/", views_money.pay, name="budget-pay"),
    path("budgets/entries/<int:pk>/release/", views_money.give_back, name="budget-release"),
    path("budgets/entries/<int:pk>/take-back/", views_money.take_back, name="budget-take-back"),
    path("budgets/reports/<int:pk>/", views_money.show_change, name="budget-report"),
    path("budgets/reports/<int:pk>/edit/", views_money.edit_change, name="budget-report-edit"),
    path("budgets/reports/<int:pk>/report.pdf", views_money.print_change, name="budget-report-pdf"),
]
