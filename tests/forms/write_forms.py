"""Write blank/ and truth/: `python -m tests.forms.write_forms` (numbers = only these forms).

The .xls forms are drawn as workbooks and turned by LibreOffice (`soffice --convert-to xls`): only
the turned file is kept. Word and Excel files carry the time of writing, so a second run gives
other bytes and the same cells; do not run it over committed forms without a reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.forms.drawing import Form
from tests.forms.layouts import ledgers, local, monthly, party

HERE = Path(__file__).parent
LAYOUTS: tuple[Callable[[], Form], ...] = (
    monthly.town_month, monthly.indicator_month, monthly.units_quarter, monthly.counties_half,
    local.communities_month, local.months_year, local.categories_quarter, party.dual_quarter,
    party.services_and_liaison, ledgers.returns_list, ledgers.supervision_list,
    ledgers.liaison_list, party.service_roll, local.two_tables, monthly.reconciled,
    local.pilot_communities, local.week_streets, local.pairs,
)  # fmt: skip


def kept(form: Form) -> str:
    """The truth as text, one cell a line."""
    parts = []
    for key, value in form.truth().items():
        if isinstance(value, dict) and value and key != "list":
            lines = ",\n".join(
                f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}"
                for k, v in value.items()
            )
            parts.append(f"{json.dumps(key)}: {{\n{lines}\n }}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def write(form: Form) -> None:
    file = HERE / "blank" / form.file
    if form.word is not None:
        form.word.save(str(file))
    elif form.suffix == "xls":
        _turned(form, file)
    else:
        form.book.save(file)
    (HERE / "truth" / f"{form.number}.json").write_text(kept(form), encoding="utf-8")


def _turned(form: Form, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / f"{file.stem}.xlsx"
        form.book.save(drawn)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "xls:MS Excel 97", "--outdir", str(file.parent), str(drawn)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


if __name__ == "__main__":
    for layout in LAYOUTS:
        drawn = layout()
        if len(sys.argv) == 1 or drawn.number in sys.argv[1:]:
            write(drawn)
