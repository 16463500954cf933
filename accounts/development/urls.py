from django.urls import URLPattern, URLResolver, path

from accounts.development import views, views_plan

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/phases/", views.show_board, name="phases"),
    path("accounts/phases/help/", views.show_help, name="phases-help"),
    path("accounts/<int:unit_pk>/phase/", views.move, name="unit-phase"),
    path("accounts/<int:unit_pk>/development/", views.show_unit, name="unit-development"),
    path("accounts/<int:unit_pk>/swot/edit/", views.edit_swot, name="unit-swot-edit"),
    path("accounts/<int:unit_pk>/plan/", views_plan.show_plan, name="unit-plan"),
    path("accounts/<int:unit_pk>/plan/begin/", views_plan.begin, name="unit-plan-begin"),
    path("accounts/<int:unit_pk>/plan/edit/", views_plan.edit, name="unit-plan-edit"),
    path("accounts/<int:unit_pk>/plan/submit/", views_plan.submit, name="unit-plan-submit"),
    path("accounts/<int:unit_pk>/plan/review/", views_plan.review, name="unit-plan-review"),
    path("accounts/<int:unit_pk>/plan.pdf", views_plan.print_plan, name="unit-plan-pdf"),
]
