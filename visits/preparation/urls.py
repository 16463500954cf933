from django.urls import URLPattern, URLResolver, path

from visits.preparation import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/day/", views.show_day, name="day_plan"),
    path("visits/prepare/<int:line>/", views.prepare, name="prepare"),
    path("visits/prepare/<int:line>/sheet.pdf", views.print_preparation, name="prepare_pdf"),
    path("visits/questions/card.pdf", views.print_questions, {"form": "card"}, name="five_questions_card"),
    path(
        "visits/questions/poster.pdf", views.print_questions, {"form": "poster"}, name="five_questions_poster"
    ),
]
