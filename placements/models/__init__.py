"""Modules by aggregate; import models from the module that holds them."""

from placements.models import applications, interviews, postings, resumes, review, words

__all__ = ["applications", "interviews", "postings", "resumes", "review", "words"]
