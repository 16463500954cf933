from django.urls import URLPattern, URLResolver, path

from accounts.knowledge import views, views_learning

urlpatterns: list[URLPattern | URLResolver] = [
    path("suggestions/", views.list_suggestions, name="suggestions"),
    path("accounts/<int:unit_pk>/suggestions/new/", views.record, name="suggestion-new"),
    path("suggestions/<int:pk>/", views.show, name="suggestion"),
    path("suggestions/<int:pk>/answer/", views.answer, name="suggestion-answer"),
    path("suggestions/<int:pk>/settle/", views.settle, name="suggestion-settle"),
    path("support/", views.list_support, name="support"),
    path("support/new/", views.ask, name="support-new"),
    path("support/<int:pk>/", views.show_support, name="support-request"),
    path("support/<int:pk>/move/", views.move, name="support-move"),
    path("support/<int:pk>/rate/", views.rate, name="support-rate"),
    path("knowledge/", views_learning.list_articles, name="knowledge"),
    path("knowledge/new/", views_learning.write, name="article-new"),
    path("knowledge/<int:pk>/", views_learning.show, name="article"),
    path("knowledge/<int:pk>/edit/", views_learning.revise, name="article-edit"),
    path("knowledge/<int:pk>/read/", views_learning.read, name="article-read"),
    path("knowledge/<int:pk>/retire/", views_learning.retire, name="article-retire"),
    path("trainings/", views_learning.list_trainings, name="trainings"),
    path("trainings/new/", views_learning.plan, name="training-new"),
    path("trainings/<int:pk>/", views_learning.show_training, name="training"),
    path("trainings/<int:pk>/people/", views_learning.invite, name="training-people"),
    path("trainings/places/<int:pk>/", views_learning.note_result, name="training-result"),
    path("standards/", views_learning.standards, name="standards"),
]
