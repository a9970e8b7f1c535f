from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "huiyin.base"
    label = "base"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.base import tasks  # noqa: F401  (registers the jobs)

        autodiscover_modules("panels")  # what each app shows on pages of others: base.registry
