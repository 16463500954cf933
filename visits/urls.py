from kam.core.rooms import urls_of

urlpatterns = urls_of("visits")
