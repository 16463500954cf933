from django.urls import URLPattern, URLResolver, path

from accounts.units import views, views_acts, views_selected

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", views.list_units, name="units"),
    path("accounts/new/", views_acts.add_unit, name="unit-new"),
    path("accounts/selected/owner/", views_selected.give_selected, name="units-give"),
    path("accounts/selected/owner/back/", views_selected.take_back_selected, name="units-take-back"),
    path("accounts/selected/export/", views_selected.export_selected, name="units-export"),
    path("accounts/<int:pk>/", views.show_unit, name="unit"),
    path("accounts/<int:pk>/tabs/<slug:key>/", views.show_tab, name="unit-tab"),
    path("accounts/<int:pk>/timeline/", views.show_timeline, name="unit-timeline"),
    path("accounts/<int:pk>/values/<slug:name>/", views.edit_value, name="unit-value"),
    path("accounts/<int:pk>/file.pdf", views_acts.print_file, name="unit-file"),
    path("accounts/<int:pk>/notes/", views.write_note, name="unit-note"),
    path("accounts/<int:pk>/notes/<int:note>/delete/", views_acts.delete_note, name="unit-note-delete"),
    path("accounts/<int:pk>/files/", views_acts.add_file, name="unit-add-file"),
    path("accounts/<int:pk>/tasks/", views_acts.add_task, name="unit-task"),
    path("accounts/<int:pk>/next-step/done/", views.tick_next_step, name="unit-next-step-done"),
    path("accounts/<int:pk>/edit/", views_acts.edit_unit, name="unit-edit"),
    path("accounts/<int:pk>/status/", views_acts.change_status, name="unit-status"),
    path("accounts/<int:pk>/tier/", views_acts.change_tier, name="unit-tier"),
    path("accounts/<int:pk>/owner/", views_acts.change_owner, name="unit-owner"),
]
