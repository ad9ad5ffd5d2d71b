"""Stories told here get the identity that they keep in open data."""

from __future__ import annotations

from django.db import migrations, models

import portevoix.web.experiences.models
from portevoix.web.experiences.models import new_official_id

BATCH = 1_000


def give(apps, _schema_editor):
    Experience = apps.get_model("experiences", "Experience")
    without = Experience.objects.filter(official_id=None).only("pk")
    while batch := list(without[:BATCH]):
        for experience in batch:
            experience.official_id = new_official_id()
        Experience.objects.bulk_update(batch, ["official_id"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("experiences", "0003_what_authors_are_told")]

    operations = [
        # A default is Python's alone: nothing changes in the table.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="experience",
                    name="official_id",
                    field=models.CharField(
                        blank=True,
                        default=portevoix.web.experiences.models.new_official_id,
                        max_length=40,
                        null=True,
                        unique=True,
                    ),
                ),
            ]
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
