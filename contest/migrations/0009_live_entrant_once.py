from typing import Any

from django.db import migrations, models


def unlink_second_places(apps: Any, schema_editor: Any) -> None:
    """Of the places a registered person has in one round, that with the most answers keeps the registration.

    The others stay in the round as they are, under the names that were typed.
    """
    del schema_editor
    players = apps.get_model('contest', 'LivePlayer')
    doubled = (
        players.objects.exclude(entrant=None)
        .order_by()
        .values('round', 'entrant')
        .annotate(places=models.Count('pk'))
        .filter(places__gt=1)
    )
    for one in list(doubled):
        places = players.objects.filter(round=one['round'], entrant=one['entrant'])
        ordered = places.annotate(given=models.Count('answers')).order_by('-given', 'seat')
        second = list(ordered.values_list('pk', flat=True))[1:]
        players.objects.filter(pk__in=second).update(entrant=None)


class Migration(migrations.Migration):

    dependencies = [
        ('contest', '0008_live_seated_on'),
    ]

    operations = [
        migrations.RunPython(unlink_second_places, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='liveplayer',
            constraint=models.UniqueConstraint(
                condition=models.Q(('entrant__isnull', False)),
                fields=('round', 'entrant'),
                name='live_entrant_once',
            ),
        ),
    ]
