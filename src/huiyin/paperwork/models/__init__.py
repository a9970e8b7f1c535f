"""Templates of forms from above, checked articles, headings and kept papers. Written by services only."""

from huiyin.paperwork.models.articles import ArticleCheck, CheckedFigure, RememberedLink
from huiyin.paperwork.models.forms import FormFill, FormTemplate, TemplateCell
from huiyin.paperwork.models.papers import KeptPaper
from huiyin.paperwork.models.phrases import Phrase

__all__ = [
    "ArticleCheck", "CheckedFigure", "FormFill", "FormTemplate", "KeptPaper", "Phrase",
    "RememberedLink", "TemplateCell",
]  # fmt: skip
