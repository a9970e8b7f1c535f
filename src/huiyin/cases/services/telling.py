"""Words to the reporter: after each step that concerns them, by short message if they left a phone.

The text names the number and the step only, never what was reported: a phone lies open on a table.
"""

from __future__ import annotations

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.services import personal
from huiyin.cases.models import CaseContact
from huiyin.cases.rules import signing_off
from huiyin.cases.services.steps import Step
from huiyin.messages import registry
from huiyin.messages.rules.templates import MessageTemplateSeed
from huiyin.messages.services import posting, templates

#: Steps after which a message is worth the disturbance; the others stand on the timeline.
TOLD_BY_MESSAGE = {
    "answer": "当场答复后",
    "decline": "不予受理后",
    "tell_channel": "告知法定途径后",
    "withhold": "转检举控告后",
    "dispatch": "派单后",
    "submit_result": "提交办理结果后",
    "approve": "审核通过后",
    "grant_extension": "同意延期后",
    "grant_suspension": "同意挂账后",
    "grant_termination": "同意终止后",
    "sign_off": "销号后",
    "reopen": "反弹重开后",
}

for _action, _when in TOLD_BY_MESSAGE.items():
    registry.declare_template(
        MessageTemplateSeed(
            _action, f"给诉求人：{_when}",
            "您反映的事项 {编号}：{进展}。凭编号和手机尾号可查进度。",
            ("编号", "进展"), "通行做法：只写编号和进展，不写诉求内容",
        )
    )  # fmt: skip


def tell_reporter(step: Step) -> None:
    """Post a message about this step to whoever reported, where the installation has a channel."""
    if step.transition.action not in TOLD_BY_MESSAGE or registry.transport("sms") is None:
        return
    contact = step.case.contacts.exclude(phone="").exclude(choice="confidential").order_by(
        "role", "id"
    ).first()  # fmt: skip
    if contact is None:
        return
    posting.post(
        subject=f"case:{step.case.pk}", channel="sms", template=step.transition.action,
        recipient=f"contact:{contact.pk}", at=step.recorded_at,
        text=templates.text_of(
            step.transition.action, {"编号": step.case.number, "进展": _told(step)}
        ),
    )  # fmt: skip


def _told(step: Step) -> str:
    """The sentence of the table; a sign-off says of which kind it is."""
    return signing_off.told(step.data) or step.transition.told


def phone_of(contact_id: int) -> str | None:
    """Phone behind a contact at the moment of sending; None when erased or unreadable."""
    contact = CaseContact.objects.filter(pk=contact_id, erased_at=None).first()
    if contact is None or not contact.phone:
        return None
    try:
        return personal.unseal(
            contact.phone, table="cases_contact", field="phone", salt=contact.salt
        )
    except EncryptionError:
        return None
