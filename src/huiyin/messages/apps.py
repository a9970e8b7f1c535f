from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "huiyin.messages"
    label = "outbox"  # django.contrib.messages already has the label "messages"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"
