from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "huiyin.cases"
    label = "cases"
    verbose_name = "工单"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.cases import (  # noqa: F401  (numbers, ledgers, jobs register themselves)
            indicators,
            papers,
            registers,
            tasks,
        )
        from huiyin.cases.selectors import counted
        from huiyin.cases.services import (
            alerting,
            deadline_defaults,  # noqa: F401  (page 本地参数)
            handing_over,
            telling,
        )
        from huiyin.messages import registry as messages
        from huiyin.org import registry as org_registry

        org_registry.register_post_ending(handing_over.on_post_ending)
        org_registry.register_day_use(counted.day_is_counted)
        messages.register_resolver("contact", telling.phone_of)
        messages.register_resolver("on_call", alerting.phone_of)
