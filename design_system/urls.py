app_name = "design_system"
urlpatterns = []
