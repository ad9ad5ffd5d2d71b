"""Knowledge articles in: our own format, the DILA fiches as published, any folder of Markdown."""

from portevoix.opendata.articles.article import Article, ArticleReading, Section, is_stale
from portevoix.opendata.articles.folder import read_articles

__all__ = ["Article", "ArticleReading", "Section", "is_stale", "read_articles"]
