from django.urls import URLPattern, URLResolver, path

from accounts.complaints import views, views_crisis, views_report

urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/", views.list_complaints, name="complaints"),
    path("accounts/<int:unit_pk>/complaints/new/", views.record, name="complaint-new"),
    path("accounts/<int:unit_pk>/service/", views.serve, name="unit-service"),
    path("accounts/<int:unit_pk>/cooperation.pdf", views.print_report, name="cooperation-report"),
    path("accounts/<int:unit_pk>/cooperation/new/", views_report.write, name="cooperation-write"),
    path("cooperation/<int:pk>.pdf", views_report.print_written, name="cooperation-written"),
    path("complaints/<int:pk>/", views.show, name="complaint"),
    path("complaints/<int:pk>/move/", views.move, name="complaint-move"),
    path("complaints/<int:pk>/judge/", views.judge, name="complaint-judge"),
    path("complaints/<int:pk>/assign/", views.assign, name="complaint-assign"),
    path("complaints/<int:pk>/record.pdf", views.print_record, name="complaint-record"),
    path("complaints/<int:pk>/crisis/", views_crisis.open_crisis, name="crisis-open"),
    path("crises/<int:pk>/", views_crisis.show, name="crisis"),
    path("crises/<int:pk>/steps/", views_crisis.add_step, name="crisis-step-add"),
    path("crises/<int:pk>/say/", views_crisis.say, name="crisis-say"),
    path("crises/<int:pk>/close/", views_crisis.close_crisis, name="crisis-close"),
    path("crises/steps/<int:pk>/give/", views_crisis.give_step, name="crisis-step-give"),
    path("crises/steps/<int:pk>/done/", views_crisis.finish_step, name="crisis-step-done"),
]
