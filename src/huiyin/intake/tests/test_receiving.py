"""A report of a resident: one transaction from the form to the number, once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from PIL import Image

from huiyin.base.models import Attachment, Submission
from huiyin.base.services import files, personal
from huiyin.cases.models import Case, CaseContact, CaseEvent, CaseScope, CaseWords
from huiyin.cases.services import filing
from huiyin.intake import selectors
from huiyin.intake.services import receiving
from huiyin.intake.services.receiving import Answers, ChangedSubmission, Receipt, receive
from tests.cast import DAY, Cast

ID = "00000000-0000-4000-8000-000000000001"
VOICE = b"OggS" + bytes(100)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def answers(cast: Cast, **more: Any) -> Answers:
    place = selectors.place_at(f"c{cast.compound.pk}", day=date(2026, 9, 30))
    assert place is not None
    return Answers(ID, place, text="三栋一单元楼道灯坏了一个星期", phone="13800001234", name="甲居民",
                   **more)  # fmt: skip


def case_of(receipt: Receipt) -> Case:
    return Case.objects.get(pk=receipt.case_id)


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "某牌手机"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#2F7D5B").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_report_becomes_a_registered_case_at_its_place(cast: Cast) -> None:
    receipt = receive(answers(cast), at=DAY)

    case = case_of(receipt)
    assert (case.status, case.channel, case.kind) == ("registered", "web", "help")
    assert (case.compound_id, case.area_id) == (cast.compound.pk, cast.community.pk)
    assert receipt.new
    assert receipt.code == ""


def test_the_same_submission_twice_is_one_case(cast: Cast) -> None:
    first = receive(answers(cast), at=DAY)

    second = receive(answers(cast), at=DAY)

    assert (second.number, second.new) == (first.number, False)
    assert Case.objects.count() == 1


def test_the_same_id_with_other_words_is_refused_with_the_first_number(cast: Cast) -> None:
    first = receive(answers(cast), at=DAY)

    with pytest.raises(ChangedSubmission) as refused:
        receive(replace(answers(cast), text="另一件事"), at=DAY)

    assert refused.value.receipt.number == first.number
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_case(cast: Cast) -> None:
    def press(_: int) -> str:
        try:
            return receive(answers(cast), at=DAY).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = set(pool.map(press, range(2)))

    assert len(numbers) == 1
    assert Case.objects.count() == 1


def test_no_personal_data_stands_in_the_submission(cast: Cast) -> None:
    receive(answers(cast), at=DAY)

    kept = str(Submission.objects.values().get(pk=ID))
    assert "1234" not in kept
    assert "楼道" not in kept


@pytest.mark.parametrize(
    ("kind", "choice", "confidential"),
    [("help", "direct", False), ("complaint", "relay", False), ("accusation", "confidential", True)],
)  # fmt: skip
def test_the_contact_choice_follows_the_kind(
    cast: Cast, kind: str, choice: str, confidential: bool
) -> None:
    receipt = receive(answers(cast, kind=kind), at=DAY)

    assert CaseContact.objects.get(case=receipt.case_id).choice == choice
    assert case_of(receipt).confidential is confidential


def test_a_chosen_contact_choice_holds(cast: Cast) -> None:
    receipt = receive(answers(cast, kind="accusation", choice="direct"), at=DAY)

    assert CaseContact.objects.get(case=receipt.case_id).choice == "direct"


def test_who_leaves_no_phone_gets_a_code_that_stands_nowhere(cast: Cast) -> None:
    receipt = receive(replace(answers(cast), phone=""), at=DAY)

    contact = CaseContact.objects.get(case=receipt.case_id)
    assert len(receipt.code) == 6
    assert contact.phone_tail == personal.tail_index(receipt.code, receipt.number)
    assert receipt.code not in str(Submission.objects.values().get(pk=ID))
    assert receiving.receipt_of(ID) == replace(receipt, new=False)


def test_reporting_for_somebody_keeps_both_and_asks_for_a_visit(cast: Cast) -> None:
    receipt = receive(answers(cast, for_somebody=True, for_name="乙老人", for_visit=True), at=DAY)

    contacts = {c.role: c for c in CaseContact.objects.filter(case=receipt.case_id)}
    assert set(contacts) == {"reporter", "for_whom"}
    assert contacts["for_whom"].visit
    opened = personal.unseal(contacts["for_whom"].name, table="cases_contact", field="name",
                             salt=contacts["for_whom"].salt)  # fmt: skip
    assert opened == "乙老人"


def test_whom_it_is_about_neither_sees_nor_leads_it(cast: Cast) -> None:
    receipt = receive(answers(cast, kind="complaint", about_unit_id=cast.firm.pk), at=DAY)

    assert case_of(receipt).about_unit_id == cast.firm.pk


def test_an_accusation_of_an_official_goes_to_nobody_in_the_line(cast: Cast) -> None:
    receipt = receive(replace(answers(cast), text="举报街道办主任受贿，收了红包"), at=DAY)

    case = case_of(receipt)
    assert receipt.withheld
    assert case.status == "withheld"
    assert not CaseScope.objects.filter(case=case).exists()
    assert CaseContact.objects.get(case=case).choice == "confidential"


def test_who_says_that_it_is_no_accusation_is_believed(cast: Cast) -> None:
    text = "物业说局长包庇施工队，其实我只要求修好楼道"

    receipt = receive(replace(answers(cast, wrongdoing="no"), text=text), at=DAY)

    assert not receipt.withheld
    assert case_of(receipt).status == "registered"
    assert CaseEvent.objects.get(case=receipt.case_id).data["suggestion"]["wrongdoing"] == "no"


def test_what_triage_makes_of_it_stands_with_the_event(cast: Cast) -> None:
    receipt = receive(answers(cast), at=DAY)

    said = CaseEvent.objects.get(case=receipt.case_id).data["suggestion"]
    assert said["urgency"] == "normal"
    assert case_of(receipt).category == ""  # a person decides


def test_fire_is_kept_as_a_matter_of_life_and_names_whom_to_ring(cast: Cast) -> None:
    receipt = receive(replace(answers(cast), text="厨房着火了"), at=DAY)

    assert receipt.calls == ("119",)
    assert case_of(receipt).urgency == "life"


def test_a_photo_is_kept_clean_and_bound_into_the_first_event(cast: Cast, media: Path) -> None:
    receipt = receive(answers(cast, photos=(photo(),)), at=DAY)

    kept = Attachment.objects.get(subject=f"case:{receipt.case_id}")
    data = files.location(kept).read_bytes()
    assert (kept.kind, kept.from_reporter, kept.media_type) == ("photo", True, "image/jpeg")
    assert "某牌手机".encode() not in data
    event = CaseEvent.objects.get(case=receipt.case_id)
    assert event.data["suggestion"]["files"] == [kept.sha256]
    assert len(list(media.rglob("*.jpg"))) == 1


def test_a_file_that_is_no_photo_never_costs_the_report(cast: Cast, media: Path) -> None:
    receipt = receive(answers(cast, photos=(b"%PDF-1.7", photo())), at=DAY)

    assert receipt.new
    assert receipt.refused == ("第 1 张：这个文件不是能打开的照片，请换一张（JPG 或 PNG）",)
    assert Attachment.objects.count() == 1


def test_six_photos_at_most(cast: Cast) -> None:
    receipt = receive(answers(cast, photos=(photo(),) * 8), at=DAY)

    assert Attachment.objects.count() == 6
    assert receipt.refused == ("最多 6 张，多出的 2 张没有保存",)


def test_a_failed_report_leaves_no_photo_behind(
    cast: Cast, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "_as_answer", lambda receipt: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        receive(answers(cast, photos=(photo(),)), at=DAY)

    assert [p for p in media.rglob("*") if p.is_file()] == []
    assert Case.objects.count() == 0
    assert Submission.objects.count() == 0


def test_a_voice_message_waits_to_be_written_down(cast: Cast) -> None:
    receipt = receive(replace(answers(cast, sound=VOICE), text=""), at=DAY)

    assert case_of(receipt).channel == "voice"
    assert CaseWords.objects.get(case=receipt.case_id, key="text").text == "（语音，待听写）"
    assert Attachment.objects.get().kind == "voice"


def test_a_phone_in_the_text_is_masked_and_found_sealed(cast: Cast) -> None:
    receipt = receive(replace(answers(cast), text="灯坏了，打 13900005678 找我"), at=DAY)

    assert "13900005678" not in CaseWords.objects.get(case=receipt.case_id, key="text").text
    assert CaseContact.objects.get(case=receipt.case_id).unmasked


class TestAddingAVoice:
    """“同一个问题：加上我的声音”."""

    def running(self, cast: Cast) -> Case:
        case = cast.report(contacts=(filing.Contact(phone="13900005678"),))
        return cast.act(case, "dispatch", cast.dispatcher, lead=cast.housing.pk, category="照明")

    def test_without_words_it_runs_with_the_open_case_at_once(self, cast: Cast) -> None:
        into = self.running(cast)

        receipt = receive(replace(answers(cast, same_category="照明"), text=""), at=DAY)

        case = case_of(receipt)
        assert receipt.voice
        assert (case.status, case.merged_into_id, case.category) == ("merged", into.pk, "照明")
        assert into.events.filter(action="voice_added").count() == 1

    def test_with_words_a_person_reads_them_first(self, cast: Cast) -> None:
        into = self.running(cast)

        receipt = receive(answers(cast, same_category="照明"), at=DAY)

        case = case_of(receipt)
        assert (case.status, case.merged_into_id) == ("registered", None)
        assert case.events.get(seq=1).data["suggestion"]["same_as"] == into.number
        assert into.events.filter(action="voice_added").count() == 1

    def test_it_keeps_a_number_and_a_contact_of_its_own(self, cast: Cast) -> None:
        into = self.running(cast)

        receipt = receive(replace(answers(cast, same_category="照明"), text=""), at=DAY)

        assert receipt.number != into.number
        assert selectors.contact_by_tail(receipt.number, "1234") is not None
        assert selectors.contact_by_tail(into.number, "1234") is None

    def test_when_nothing_is_open_any_more_it_stands_on_its_own(self, cast: Cast) -> None:
        receipt = receive(answers(cast, same_category="照明"), at=DAY)

        assert not receipt.voice
        assert (case_of(receipt).status, case_of(receipt).category) == ("registered", "")

    def test_an_accusation_of_an_official_joins_nothing(self, cast: Cast) -> None:
        into = self.running(cast)

        receipt = receive(replace(answers(cast, same_category="照明"), text="举报局长受贿"), at=DAY)

        assert receipt.withheld
        assert into.events.filter(action="voice_added").count() == 0
