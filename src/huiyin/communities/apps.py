from importlib import import_module

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "huiyin.communities"
    label = "communities"
    verbose_name = "小区与社区"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for declarations in (
            "registers",
            "indicators",
            "panels",
        ):  # numbers name ledgers by their code
            import_module(f"huiyin.communities.{declarations}")
