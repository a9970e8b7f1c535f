from django.apps import AppConfig


class DrillConfig(AppConfig):
    name = "huiyin.drill"
    label = "drill"
    verbose_name = "演练"
    default_auto_field = "django.db.models.BigAutoField"
