from typing import Any

from django.db import migrations, models


def seat_people(apps: Any, schema_editor: Any) -> None:
    """Where each token went last: the newest further device, or the one on which the place was made."""
    del schema_editor
    players, devices = apps.get_model('contest', 'LivePlayer'), apps.get_model('contest', 'LiveDevice')
    players.objects.update(seated_on=models.F('device'))
    for player, device in devices.objects.order_by('pk').values_list('player_id', 'device'):
        players.objects.filter(pk=player).update(seated_on=device)


class Migration(migrations.Migration):

    dependencies = [
        ('contest', '0007_live_devices'),
    ]

    operations = [
        migrations.AddField(
            model_name='liveplayer',
            name='seated_on',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(seat_people, migrations.RunPython.noop),
    ]
