from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "huiyin.org"
    label = "org"
    verbose_name = "组织"
    default_auto_field = "django.db.models.BigAutoField"
