"""Entrants are found by their names without accents."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from question_bank.rules import text


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As contest.actions.entrants writes it when somebody registers."""
    del editor
    entrants = apps.get_model("contest", "Entrant").objects
    for entrant in entrants.filter(search="").iterator(chunk_size=1000):
        other = "" if entrant.unit_id else entrant.unit_name
        entrants.filter(pk=entrant.pk).update(search=text.fold(f"{entrant.name} {other}")[:320])


class Migration(migrations.Migration):
    dependencies = [("contest", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entrant",
            name="search",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
