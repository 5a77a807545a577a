"""What has been spent, in one place for all web processes and machines."""

from django.db import models


class Spent(models.Model):
    """How much of one allowance one network address, or one subject of many tries, has used up until when. key: the allowance and the hash of either."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count}"
