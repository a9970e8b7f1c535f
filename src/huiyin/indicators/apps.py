from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "huiyin.indicators"
    label = "indicators"
    verbose_name = "指标"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.indicators import registers, tasks  # noqa: F401  (a ledger, jobs)
