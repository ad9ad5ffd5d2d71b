"""When each job is next due: a row that one clock alone can move forward."""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """A job named by its path in the code, and when it is next due."""

    job = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()
    error = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.job
