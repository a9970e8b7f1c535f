from importlib import import_module

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "huiyin.paperwork"
    label = "paperwork"
    verbose_name = "报表与数据核对"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("huiyin.paperwork.registers")
        import_module("huiyin.paperwork.tasks")  # jobs register themselves
