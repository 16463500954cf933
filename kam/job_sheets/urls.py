from django.urls import URLPattern, URLResolver, path

from kam.job_sheets import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("people/job-sheets/", views.list_sheets, name="job-sheets"),
    path("people/job-sheets/new/", views.begin, name="job-sheet-new"),
    path("people/job-sheets/<int:pk>/", views.show_sheet, name="job-sheet"),
    path("people/job-sheets/<int:pk>/write/<str:language>/", views.write, name="job-sheet-write"),
    path("people/job-sheets/<int:pk>/hand-in/", views.hand_in, name="job-sheet-hand-in"),
    path("people/job-sheets/<int:pk>/discard/", views.discard, name="job-sheet-discard"),
    path("people/job-sheets/<int:pk>/sheet.pdf", views.print_sheet, name="job-sheet-pdf"),
]
