from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "huiyin.communities"
    label = "communities"
    verbose_name = "小区与社区"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.communities import registers  # noqa: F401  (declares its ledgers)
