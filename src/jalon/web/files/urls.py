"""Addresses of the files space."""

app_name = "files"
urlpatterns: list = []
