from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huiyin.documents"
    label = "documents"
    verbose_name = "文档"
    default_auto_field = "django.db.models.BigAutoField"
