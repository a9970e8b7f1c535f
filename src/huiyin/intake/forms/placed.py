"""What the pages of staff share: a submission that counts once, and a place within one's area."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from huiyin.base.forms import PlainForm
from huiyin.intake.rules.words import NO_COMPOUND
from huiyin.intake.selectors import Found
from huiyin.intake.services import placing
from huiyin.intake.services.placing import PlaceElsewhere, SeveralPlaces, Where
from huiyin.org.models import Area, Compound

NOWHERE = "none"
_CLIENT_ID = re.compile(r"[0-9a-f-]{32,36}\Z")


class PlacedForm(PlainForm):
    """`where` is what was typed, `place` the token of what was chosen; with a short list of
    `compounds` one chooses and does not type. `resolved` = the place after is_valid(), `found` =
    places to choose from when several bear the name."""

    client_id = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    where = forms.CharField(label="在哪里", required=False, max_length=60)

    def __init__(
        self, *args: Any, area: Area, day: date, compounds: Sequence[Compound] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.area, self.day = area, day
        self.found: list[Found] = []
        self.resolved: Where | None = None
        self.listed = bool(compounds)
        if compounds:
            self.fields["place"] = forms.ChoiceField(
                label="在哪里", choices=_choices(compounds),
                initial=f"c{compounds[0].pk}" if len(compounds) == 1 else "",
                error_messages={"required": f"请选在哪个小区；不在小区里就选“{NO_COMPOUND}”"},
            )  # fmt: skip

    def clean_client_id(self) -> str:
        """A browser that lost it gets one of its own, which only means that a repeat is not seen."""
        given: str = self.cleaned_data["client_id"]
        return given if _CLIENT_ID.match(given) else str(uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_place(cleaned)
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        try:
            self.resolved = self.whereabouts()
        except SeveralPlaces as error:
            self.found = error.found
            self.add_error("where", str(error))
        except PlaceElsewhere as error:
            self.add_error("where", str(error))

    def whereabouts(self) -> Where:
        """The place as it stands in the form now. Raises as placing.whereabouts."""
        return placing.whereabouts(
            token=self.posted("place")[:20], typed=self.posted("where")[:60], area=self.area,
            day=self.day,
        )  # fmt: skip

    def posted(self, name: str) -> str:
        """What was posted under a name, "" for nothing (a field may fail and still be asked)."""
        return str(self.data.get(name, ""))

    def posted_list(self, name: str) -> list[str]:
        """All values posted under a name."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def as_another(self) -> None:
        """The same answers as a submission of its own: the first was another matter."""
        assert isinstance(self.data, QueryDict)
        changed = self.data.copy()
        changed["client_id"] = str(uuid.uuid4())
        self.data = changed


def _choices(compounds: Sequence[Compound]) -> list[tuple[str, str]]:
    return [("", "请选"), *((f"c{c.pk}", c.name) for c in compounds), (NOWHERE, NO_COMPOUND)]
