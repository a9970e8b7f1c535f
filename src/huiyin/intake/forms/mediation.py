"""An application for mediation between neighbours."""

from __future__ import annotations

from django import forms

from huiyin.intake.forms.placed import PlacedForm
from huiyin.intake.forms.report import PhoneField
from huiyin.intake.services.mediating import Application

CHANNELS = {"visit": "来访", "phone": "来电", "door": "上门时说的"}


class MediationForm(PlacedForm):
    """Who asks, about what, and whether the other side was asked already."""

    place_text = forms.CharField(
        label="双方住处", max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "如：3 栋 1 单元三楼与四楼"}),
        help_text="写到单元、楼层，找得到两家就行；门牌、对方的姓名电话都不写。",
        error_messages={"required": "请写双方住处，如 3 栋 1 单元三楼与四楼"},
    )  # fmt: skip
    text = forms.CharField(
        label="为什么事", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写为什么事，一两句就行"},
    )  # fmt: skip
    name = forms.CharField(label="申请方称呼", required=False, max_length=20)
    phone = PhoneField(label="申请方电话")
    channel = forms.ChoiceField(
        label="怎么来的", choices=list(CHANNELS.items()), widget=forms.RadioSelect, initial="visit"
    )
    both_agree = forms.ChoiceField(
        label="对方愿意吗", widget=forms.RadioSelect,
        choices=[("yes", "问过了，两边都愿意调解"), ("asked", "还没问，先记下申请")],
        help_text="调解自愿。两边都愿意才开始，7 天内谈第一次。",
        error_messages={"required": "请选：问过对方没有"},
    )  # fmt: skip

    def application(self) -> Application:
        """What was filled in, for the service. Only after is_valid()."""
        c = self.cleaned_data
        assert self.resolved is not None
        return Application(
            client_id=c["client_id"], where=self.resolved, text=c["text"].strip(),
            place_text=c["place_text"], name=c["name"], phone=c["phone"], channel=c["channel"],
            both_agree=c["both_agree"] == "yes",
        )  # fmt: skip
