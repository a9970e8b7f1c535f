from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "huiyin.triage"
    label = "triage"
    verbose_name = "研判"
    default_auto_field = "django.db.models.BigAutoField"
