"""What engines read in published texts."""

from __future__ import annotations

from django.db import models

from portevoix.web.notes import packing


class Block(models.Model):
    """What engines read in up to a thousand texts of one network; `content` is `runs.corpora`'s."""

    network = models.ForeignKey("directory.Network", models.CASCADE, null=True, related_name="+")
    engine = models.CharField(max_length=80)
    # Another at each change, so that what is remembered of a block is never of an older one.
    stamp = models.CharField(max_length=16, default=packing.stamp)
    size = models.PositiveIntegerField(default=0)
    content = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["network", "size"], name="block_room"),)

    def __str__(self) -> str:
        return f"Bloc {self.pk}"


class Reading(models.Model):
    """One published text was read: in which block, and the expectations it says met or not.

    `published_at` and `import_digest` are those of the text read: another means to read it again.
    """

    experience = models.OneToOneField(
        "experiences.Experience", models.CASCADE, primary_key=True, related_name="reading"
    )
    block = models.ForeignKey(Block, models.CASCADE, related_name="readings")
    published_at = models.DateTimeField()
    import_digest = models.CharField(max_length=64, blank=True)
    praise = models.IntegerField(default=0)
    pain = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"Lecture {self.experience_id}"
