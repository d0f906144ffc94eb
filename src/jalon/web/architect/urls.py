"""Addresses of the architect space."""

app_name = "architect"
urlpatterns: list = []
