"""What is done again and again, and when it was last done."""

from django.db import models


class Job(models.Model):
    """One thing that is done once in every period, by whoever comes first.

    `period` names the hour or day it was last begun for. While `ended_at` is empty somebody is at
    it, or was stopped on the way.
    """

    name = models.CharField(max_length=40, unique=True)
    period = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}: {self.period}"
