"""Addresses of the office: people, roles, organisations."""

from django.urls import path

from jalon.web.office import catalogue, views

app_name = "office"
urlpatterns = [
    path("", views.people, name="people"),
    path("tous-les-dossiers/", views.all_files, name="all_files"),
    path("conservation/", views.kept, name="kept"),
    path("listes/", views.lists, name="lists"),
    path("organismes/", views.organisations, name="organisations"),
    path("organismes/nouveau/", views.organisation, name="new_organisation"),
    path("organismes/<int:number>/", views.organisation, name="organisation"),
    path("organismes/<int:number>/certifications/", views.certifying, name="certifying"),
    path("catalogue/", catalogue.imports, name="catalogue"),
    path("catalogue/<int:number>/", catalogue.confirm, name="catalogue_import"),
    path("coordonnees/", views.contact_details, name="contact_details"),
    path("ajouter/", views.add, name="add"),
    path("dossiers/", views.files, name="files"),
    path("dossiers/confies/", views.handed, name="handed_over"),
    path("<int:number>/rouvrir/", views.reopen_access, name="reopen_access"),
    path("<int:number>/terminer/", views.end_access, name="end_access"),
]
