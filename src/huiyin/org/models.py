"""Areas, places, units, people, posts and accounts: who and where. All dated rows, never overwritten."""

from __future__ import annotations

from base64 import b32encode, b85decode
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from huiyin.base.rules.encryption import associated_data, decrypt
from huiyin.org.rules import kinds


class Area(models.Model):
    """An administrative area, city down to micro grid. `code` may change or repeat in time;
    `path` = ids of all ancestors and itself, "/1/7/93/", collation C, for one-join permission."""

    code = models.CharField("区划代码", max_length=20, db_index=True)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("层级", max_length=16, choices=kinds.AREA_LABELS)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=200, db_collation="C", blank=True)
    pinyin = models.CharField("拼音", max_length=200, blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入"
    )

    class Meta:
        db_table = "org_area"
        verbose_name = verbose_name_plural = "区域"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(valid_to__isnull=True),
                name="a_code_names_one_area_in_force",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["path"], name="area_by_path")]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the city down to this area itself."""
        return [int(part) for part in self.path.split("/") if part]


class Compound(models.Model):
    """A property management area 小区: beside the tree of areas, many to many with it, dated."""

    name = models.CharField("名称", max_length=60)
    community = models.ForeignKey(
        Area, models.PROTECT, related_name="compounds", verbose_name="所属社区"
    )
    aliases = models.CharField("别名", max_length=200, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    pinyin = models.CharField("拼音", max_length=200, blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        db_table = "org_compound"
        verbose_name = verbose_name_plural = "小区"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "community"], condition=models.Q(valid_to__isnull=True),
                name="a_compound_name_is_unique_within_its_community",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class CompoundArea(models.Model):
    """Compound ↔ community or grid, from – to."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="area_links")
    area = models.ForeignKey(Area, models.PROTECT, related_name="compound_links")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        db_table = "org_compound_area"
        verbose_name = verbose_name_plural = "小区与区域"
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "area", "valid_from"],
                name="a_compound_joins_an_area_once_a_day",
            )
        ]


class Building(models.Model):
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="buildings")
    name = models.CharField("楼栋", max_length=30)

    class Meta:
        db_table = "org_building"
        verbose_name = verbose_name_plural = "楼栋"
        constraints = [
            models.UniqueConstraint(
                fields=["compound", "name"], name="a_building_is_named_once_in_its_compound"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """Whatever can be assigned: department, subdistrict, community, service team, firm, …

    `function` is what it does in the words of the dispatch catalogue (住建, 综合执法, 物业 …);
    `area` is its jurisdiction. Names repeat; never match one without its area.
    """

    kind = models.CharField("类别", max_length=20, choices=kinds.UNIT_LABELS)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    function = models.CharField("职能", max_length=20, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="units", verbose_name="管辖区域")
    phone = models.CharField("公开电话", max_length=30, blank=True)
    pinyin = models.CharField("拼音", max_length=200, blank=True)
    valid_from = models.DateField("启用")
    valid_to = models.DateField("停用", null=True, blank=True)

    class Meta:
        db_table = "org_unit"
        verbose_name = verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "area"], condition=models.Q(valid_to__isnull=True),
                name="a_unit_name_is_unique_within_its_area",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_name


class UnitCompound(models.Model):
    """Which firm, team or committee serves a compound, from – to."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="compound_links")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="unit_links")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        db_table = "org_unit_compound"
        verbose_name = verbose_name_plural = "服务小区"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "compound", "valid_from"], name="a_unit_takes_a_compound_once_a_day"
            )
        ]


class Person(models.Model):
    """Somebody who works with the system. Work names are public on notices; phones are not."""

    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField("拼音", max_length=120, blank=True)
    work_phone = models.CharField("办公电话", max_length=30, blank=True)

    class Meta:
        db_table = "org_person"
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A person in a role at a unit, for an area, from – to. Everything is done in a post."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="管辖区域")
    role = models.CharField("角色", max_length=20, choices=kinds.ROLE_LABELS)
    title = models.CharField("职务", max_length=40, blank=True)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        db_table = "org_post"
        verbose_name = verbose_name_plural = "岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role", "valid_from"],
                name="a_person_takes_a_role_at_a_unit_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}·{kinds.ROLE_LABELS[self.role]}"


class OnCall(models.Model):
    """Whoever is on duty 值班 for an area from – to; below that area it holds as well.

    `phone` is the line of the duty, printed on rosters; no private number stands here.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="区域")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="值班领导")
    phone = models.CharField("值班电话", max_length=30)
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        db_table = "org_on_call"
        verbose_name = verbose_name_plural = "值班"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_duty_ends_after_it_began",
            )
        ]
        indexes = [models.Index(fields=["area", "ends_at"], name="on_call_now")]


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=username)


class Account(AbstractBaseUser):
    """A login. It belongs to one person; what it may do comes from that person's posts."""

    username = models.CharField("账号", max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    session_key = models.CharField("当前会话", max_length=40, blank=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        db_table = "org_account"
        verbose_name = verbose_name_plural = "账号"

    # Django's permission names are not used: the matrix in org.rules.grants is.
    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @property
    def is_staff(self) -> bool:
        return False


class FormerPassword(models.Model):
    """Hashes of the last five passwords, so that none is used again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    until = models.DateTimeField()

    class Meta:
        db_table = "org_former_password"
        verbose_name = verbose_name_plural = "历史密码"


class SecondFactor(TOTPDevice):  # type: ignore[misc]
    """A TOTP device whose key stands encrypted for its account: a stolen backup gives no codes.

    128 bits (RFC 4226 asks for at least that), because the sealed form must fit django-otp's
    column of 80 characters.
    """

    KEY_BYTES = 16
    TABLE, FIELD = "otp_totp_totpdevice", "key"

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "动态口令"

    @property
    def bin_key(self) -> bytes:
        """The secret itself. EncryptionError when the installation's keys are lost."""
        aad = associated_data(self.TABLE, self.FIELD, str(self.user_id))
        return b85decode(decrypt(self.key, aad=aad, keyring=settings.HUIYIN_SECRETS.field_keys))

    @property
    def secret(self) -> str:
        """What can be typed into an app where no camera is at hand."""
        return b32encode(self.bin_key).decode().rstrip("=")

    @property
    def config_url(self) -> str:
        """otpauth:// address behind the QR code of enrolment, without the padding apps dislike."""
        query = urlencode({"secret": self.secret, "issuer": "回音"})
        return f"otpauth://totp/{quote('回音:' + self.user.get_username())}?{query}"
