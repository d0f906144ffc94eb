"""Addresses of the juror space."""

app_name = "juror"
urlpatterns: list = []
