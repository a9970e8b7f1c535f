"""Forms of signing in, accounts, posts, local defaults and the audit list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.base.services.audit import ACTIONS
from huiyin.base.services.defaults import NewField
from huiyin.org.models import Area, Person, Unit
from huiyin.org.rules import kinds

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LoginForm(PlainForm):
    username = forms.CharField(
        label="账号", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label="密码", max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class ChangePasswordForm(PlainForm):
    current = forms.CharField(
        label="当前密码", max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    new = forms.CharField(
        label="新密码", max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 8 位，含大写字母、小写字母、数字、符号中的三种。",
    )  # fmt: skip
    again = forms.CharField(
        label="再输一次新密码", max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_again(self) -> str:
        if self.cleaned_data.get("new") != self.cleaned_data["again"]:
            raise forms.ValidationError("两次输入的新密码不一样")
        return str(self.cleaned_data["again"])


class CodeForm(PlainForm):
    code = forms.CharField(
        label="6 位数字", max_length=8,
        widget=forms.TextInput(attrs={
            "inputmode": "numeric", "autocomplete": "one-time-code", "class": "hy-code"}),
    )  # fmt: skip


class AccountForm(PlainForm):
    name = forms.CharField(label="姓名", max_length=40)
    work_phone = forms.CharField(
        label="办公电话", max_length=30, required=False, help_text="单位电话，不填个人手机号。"
    )
    username = forms.CharField(
        label="账号", max_length=40, help_text="字母、数字、“-”和“_”，例如 zhang-jian。",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )  # fmt: skip


class AccountFilterForm(PlainForm):
    q = forms.CharField(label="姓名、账号或拼音", required=False, max_length=40)
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部角色"), *kinds.ROLE_LABELS.items()]
    )


class UnitSearchForm(PlainForm):
    q = forms.CharField(
        label="查找单位", max_length=40, help_text="单位名称的几个字，或拼音首字母。"
    )


class PostForm(PlainForm):
    """A post at a unit that was chosen before; the area is the unit's or one right below."""

    role = forms.ChoiceField(label="角色", choices=list(kinds.ROLE_LABELS.items()))
    area = forms.ModelChoiceField(label="管辖区域", queryset=Area.objects.none())
    title = forms.CharField(label="职务", max_length=40, required=False)
    valid_from = forms.DateField(label="任职起", widget=_DAY)
    valid_to = forms.DateField(
        label="任职止", widget=_DAY, required=False, help_text="最后一天；未定的不填。"
    )

    def __init__(self, *args: Any, unit: Unit, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)
        area.queryset, area.initial, area.empty_label = areas, unit.area_id, None


class EndPostForm(PlainForm):
    last_day = forms.DateField(label="最后一天", widget=_DAY)


class OnCallForm(PlainForm):
    """Who is on duty, from – to. `people` bounds the choice."""

    person = forms.ModelChoiceField(Person.objects.none(), label="值班领导", empty_label="请选择")
    phone = forms.CharField(
        label="值班电话",
        max_length=30,
        help_text="值班室或办公电话，登记来电时会显示，不填私人手机号。",
    )
    first = forms.DateField(label="从哪天", widget=_DAY)
    last = forms.DateField(label="到哪天", widget=_DAY, help_text="含这一天，次日交班时刻结束。")
    changeover = forms.TimeField(
        label="几点交班",
        initial="08:30",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people


class ConfirmDefaultForm(PlainForm):
    document = forms.CharField(label="文号", max_length=80, help_text="例如 昭政办发〔2026〕12号。")
    confirmed_on = forms.DateField(label="确认日期", widget=_DAY)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_confirmed_on(self) -> date:
        day: date = self.cleaned_data["confirmed_on"]
        if day > self.today:
            raise forms.ValidationError("确认日期不能晚于今天")
        return day


class AddDefaultForm(PlainForm):
    """A new row of a list: what the list asks, its document and its first day."""

    def __init__(self, *args: Any, fields: Sequence[NewField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in fields:
            common: dict[str, Any] = {"label": asked.label, "required": asked.required,
                                      "help_text": asked.help}  # fmt: skip
            self.fields[asked.name] = (
                forms.ChoiceField(choices=asked.choices(), **common)
                if asked.choices
                else forms.CharField(max_length=40, **common)
            )
        self.fields["document"] = forms.CharField(label="文号", max_length=80)
        self.fields["from_day"] = forms.DateField(
            label="生效日", widget=_DAY, help_text="此前派出的件仍按原时限。"
        )


class ChangeDefaultForm(PlainForm):
    """A new value; choices where only some are allowed, a text where it may name placeholders."""

    def __init__(
        self, *args: Any, choices: tuple[tuple[str, str], ...], placeholders: tuple[str, ...],
        dated: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["raw"] = forms.ChoiceField(label="新取值", choices=choices)
        elif placeholders:
            self.fields["raw"] = forms.CharField(
                label="新文字", max_length=300, widget=forms.Textarea(attrs={"rows": 4}),
                help_text=f"可用的占位：{'、'.join(f'{{{p}}}' for p in placeholders)}，发出时换成实际内容。",
            )  # fmt: skip
        else:
            self.fields["raw"] = forms.CharField(label="新取值", max_length=200)
        if dated:
            self.fields["from_day"] = forms.DateField(
                label="生效日", widget=_DAY, help_text="此前派出的件仍按原时限。"
            )


class CalendarYearForm(PlainForm):
    """The days off and make-up workdays of a year, and the document they stand on."""

    text = forms.CharField(
        label="放假和调休上班",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="可以整段粘贴国务院办公厅的通知，也可以每行写一段，"
        "如“1月1日至1月3日 放假 元旦”“1月4日 上班”。没有写到的日子按周一至周五上班。",
    )
    document = forms.CharField(
        label="文号", max_length=60, help_text="例如 国办发明电〔2026〕8号。"
    )


class CalendarDayForm(PlainForm):
    """One day: work or off, its name, the document."""

    kind = forms.ChoiceField(
        label="这一天", choices=[("off", "放假"), ("work", "上班")], widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="名称", max_length=30, required=False, help_text="例如 国庆节、国庆节补班。"
    )
    document = forms.CharField(
        label="文号", max_length=60, help_text="改动这一天的通知，例如 国办发明电〔2026〕8号。"
    )


class AuditFilterForm(PlainForm):
    q = forms.CharField(label="姓名或对象", required=False, max_length=60)
    action = forms.ChoiceField(
        label="动作", required=False, choices=[("", "全部动作"), *ACTIONS.items()]
    )
    first = forms.DateField(label="从", required=False, widget=_DAY)
    last = forms.DateField(label="到", required=False, widget=_DAY)
