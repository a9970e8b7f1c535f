from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "huiyin.registers"
    label = "registers"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.registers import registers, tasks  # noqa: F401  (declarations, jobs)
