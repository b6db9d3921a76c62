from django.urls import path

from imports.views import bringing, imports

app_name = "imports"
urlpatterns = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", bringing.import_new, name="import_new"),
    path("imports/template/", bringing.template, name="template"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", bringing.columns, name="columns"),
    path("imports/<int:pk>/columns/again/", bringing.columns_again, name="columns_again"),
    path("imports/<int:pk>/errors/", imports.problems, name="problems"),
    path("imports/<int:pk>/rows/<int:row>/", imports.row_choice, name="row_choice"),
    path("imports/<int:pk>/rows/", imports.rows_choice, name="rows_choice"),
    path("imports/<int:pk>/write/", imports.write, name="write"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo"),
    path("imports/<int:pk>/again/", imports.again, name="again"),
]
