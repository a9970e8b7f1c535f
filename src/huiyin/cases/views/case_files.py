"""/work/files/ID: the one way to a file; whoever may not see its case gets 404."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.models import Attachment
from huiyin.base.services import files
from huiyin.cases import selectors
from huiyin.cases.services import listening
from huiyin.org import access


@require_GET
@access.needs("case.view")
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a case that one of the posts may see, or one's own draft. Photos and recordings
    open in the page, documents are downloaded; who hears a recording stands in the audit."""
    attachment = Attachment.objects.filter(pk=pk, erased_at__isnull=True).first()
    if attachment is None or not _may_see(request, attachment):
        raise Http404("没有这个附件，或不在您的岗位范围内")
    try:
        response = files.opened_part(attachment, request.headers.get("Range", ""))
    except FileNotFoundError:
        raise Http404("附件的内容已不在服务器上") from None
    if attachment.kind == "document":
        name = response["Content-Disposition"].split("filename=", 1)[-1]
        response["Content-Disposition"] = f"attachment; filename={name}"
    return cast(HttpResponse, response)


def _may_see(request: HttpRequest, attachment: Attachment) -> bool:
    owner, _, key = attachment.subject.partition(":")
    posts = access.posts(request)
    if owner == "draft":
        return key == str(posts[0].person_id)
    if owner != "case" or not key.isdigit():
        return False
    case = selectors.visible_to(posts, day=clock.today()).filter(pk=int(key)).first()
    if case is None or attachment.kind != listening.VOICE:
        return case is not None
    return listening.hear(
        case=case, sound=attachment, posts=posts, at=clock.now(),
        address=access.address_of(request),
    )  # fmt: skip
