"""The commands of live rounds: the journal printed, a rehearsal led from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contest import rehearsal
from contest.models import LiveRound
from tests.contest.queries.test_live_minutes import to_the_end
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


def printed(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_journal_is_printed_event_by_event():
    place = hall("An", questions=1)
    to_the_end(place)
    lines = printed("replay_live", str(place.id))

    assert len(lines) == LiveRound.objects.get(pk=place.id).version
    assert "lobby-opened" in lines[0]
    assert lines[-1].split("->")[1].split() == ["ended", "run", "1"]
    assert printed("replay_live", str(place.id), to=2) == lines[:2]
    assert '"event":"lobby-opened"' in printed("replay_live", str(place.id), to=1, full=True)[1]


def test_what_is_not_there_is_said():
    assert printed("replay_live", str(hall(open_=False).id)) == ["the journal is empty"]
    with pytest.raises(CommandError, match="no live round"):
        call_command("replay_live", "999")


def test_a_rehearsal_is_opened_and_played(monkeypatch):
    played = []
    monkeypatch.setattr(rehearsal, "play", lambda crowd, stop, lead: played.append((crowd.round_id, lead)))
    place = hall(open_=False)
    lines = printed("rehearse_live", str(place.id), people=5, seed=1, lead=True)
    row = LiveRound.objects.get(rehearsal=True)

    assert played == [(row.pk, True)]
    assert row.pin in lines[0]
    printed("rehearse_live", str(row.pk), people=5, seed=1)
    assert played[1] == (row.pk, False)


def test_a_rehearsal_that_can_not_be_is_refused():
    with pytest.raises(CommandError, match="rehearsal-size"):
        call_command("rehearse_live", str(hall(open_=False).id), people=0)
