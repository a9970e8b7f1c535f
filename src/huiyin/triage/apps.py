from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "huiyin.triage"
    label = "triage"
    verbose_name = "研判"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.triage.services import catalogue_defaults  # noqa: F401  (page 本地参数)
