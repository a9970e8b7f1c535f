from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "huiyin.org"
    label = "org"
    verbose_name = "组织"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.org.services import (  # noqa: F401  (page 本地参数, lines of handover sheets)
            calendar,
            handover_sections,
        )
