"""Words to the reporter: after each step that concerns them, by short message if they left a phone.

The text names the number and the step only, never what was reported: a phone lies open on a table.
"""

from __future__ import annotations

from huiyin.base.rules.encryption import EncryptionError
from huiyin.base.services import personal
from huiyin.cases.models import CaseContact
from huiyin.cases.services.steps import Step
from huiyin.messages import registry
from huiyin.messages.services import posting

#: Steps after which a message is worth the disturbance; the others stand on the timeline.
TOLD_BY_MESSAGE = ("answer", "decline", "tell_channel", "dispatch", "submit_result", "approve",
                   "grant_extension", "grant_suspension", "grant_termination", "sign_off",
                   "reopen")  # fmt: skip


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
        text=f"您反映的事项 {step.case.number}：{step.transition.told}。凭编号和手机尾号可查进度。",
    )  # fmt: skip


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
