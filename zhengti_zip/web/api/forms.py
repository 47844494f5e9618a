"""Forms for programs: which there are, their blank workbooks and pictures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from zhengti_zip.web.desk.access import DeskVisitor, download
from zhengti_zip.web.desk.blank_forms import blank_workbook_of, form_lines, picture_of
from zhengti_zip.web.requests import TheServer

router = APIRouter(prefix="/api/v1/forms", tags=["表"])


class FormDetails(BaseModel):
    """A form."""

    id: str = Field(description="表编号")
    name: str = Field(description="表名")
    year: int = Field(description="年度")


@router.get("", summary="可以填报的表")
def listed(visitor: DeskVisitor) -> list[FormDetails]:
    """All forms."""
    return [FormDetails(id=form.id, name=form.name, year=form.year) for form in form_lines()]


@router.get("/{identity}/blank.xlsx", summary="空白工作簿", response_class=Response)
def blank(visitor: DeskVisitor, identity: str) -> Response:
    """The blank workbook of a form."""
    return download(f"{identity}.xlsx", blank_workbook_of(identity))


@router.get("/{identity}/picture.png", summary="空白表第一页的图片", response_class=Response)
def picture(server: TheServer, visitor: DeskVisitor, identity: str) -> Response:
    """The first page of a blank form."""
    return Response(picture_of(server, identity), media_type="image/png")
