from django.urls import URLPattern, URLResolver, path

from accounts.qualification import views, views_spread, views_tiers

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/pyramid/", views_spread.show_pyramid, name="pyramid"),
    path("accounts/concentration/", views_spread.show_concentration, name="concentration"),
    path("accounts/norm/", views_spread.show_norm, name="visit-norm"),
    path("accounts/tiers/", views_tiers.list_proposals, name="tier-proposals"),
    path("accounts/tiers/confirm/", views_tiers.confirm_selected, name="tier-proposals-confirm"),
    path("accounts/<int:unit_pk>/tier/proposal/", views_tiers.show_proposal, name="unit-tier-proposal"),
    path("accounts/<int:unit_pk>/tier/again/", views_tiers.look_again, name="unit-tier-again"),
    path("accounts/<int:unit_pk>/core/", views_tiers.mark_core, name="unit-core"),
    path("accounts/<int:unit_pk>/qualification/", views_tiers.show_qualification, name="unit-qualification"),
    path("accounts/<int:unit_pk>/qualification/<slug:code>/", views.state_criterion, name="criterion-state"),
]
