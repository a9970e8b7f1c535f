"""/work/import/template/: the blank workbook for reports."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from huiyin.documents.rules.blank_sheets import blank_workbook
from huiyin.intake.rules import import_template as rules
from huiyin.intake.services.import_runs import GRANT
from huiyin.org import access


@require_GET
@access.needs(GRANT)
def import_template(request: HttpRequest) -> HttpResponse:
    """Headings that the import knows, nothing in it; holds no data of anybody."""
    response = HttpResponse(
        blank_workbook(rules.columns(), sheet=rules.SHEET, advice=rules.ADVICE),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    named = content_disposition_header(as_attachment=True, filename="诉求导入模板.xlsx")
    response["Content-Disposition"] = named or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
