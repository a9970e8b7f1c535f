import os

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "huiyin.messages"
    label = "outbox"  # django.contrib.messages already has the label "messages"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from huiyin.messages import registry, tasks  # noqa: F401  (registers the jobs)
        from huiyin.messages.services import templates  # noqa: F401  (page 本地参数)
        from huiyin.messages.services.gateway import http_gateway

        url = os.environ.get("HUIYIN_SMS_GATEWAY", "")
        if url:
            token = os.environ.get("HUIYIN_SMS_TOKEN", "")
            registry.register_transport("sms", http_gateway(url, token))
