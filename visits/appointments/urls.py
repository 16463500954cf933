from django.urls import URLPattern, URLResolver, path

from visits.appointments import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/appointments/", views.list_appointments, name="appointments"),
    path("visits/appointments/new/", views.add_appointment, name="appointment_new"),
    path("visits/appointments/persons/", views.list_persons, name="appointment_persons"),
    path("visits/appointments/<int:pk>/", views.show_appointment, name="appointment"),
    path("visits/appointments/<int:pk>/change/", views.change_appointment, name="appointment_change"),
    path("visits/appointments/<int:pk>/confirm/", views.confirm_appointment, name="appointment_confirm"),
    path("visits/appointments/<int:pk>/break/", views.break_appointment, name="appointment_break"),
    path("visits/appointments/<int:pk>/plan/", views.plan_appointment, name="appointment_plan"),
]
