from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "huiyin.intake"
    label = "intake"
    verbose_name = "受理"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.intake import case_types  # noqa: F401  (registers the types)
        from huiyin.intake.services import (  # noqa: F401  (lines of sheets; 本地参数)
            handover_sections,
            receiving,
        )
