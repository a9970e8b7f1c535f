"""Templates of forms from above, checked articles and headings. Written by services only."""

from huiyin.paperwork.models.articles import ArticleCheck, CheckedFigure, RememberedLink
from huiyin.paperwork.models.phrases import Phrase

__all__ = ["ArticleCheck", "CheckedFigure", "Phrase", "RememberedLink"]
