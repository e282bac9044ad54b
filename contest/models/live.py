"""A live round in a hall: its journal, its participants and their answers. Moments are milliseconds since 1970, UTC.

The journal is the truth: a state is what its events add up to. Triggers refuse to change an event, and to delete one of
a round that is no rehearsal (migration 0006).
"""

from django.conf import settings
from django.db import models

from contest.models.contest import Contest
from contest.models.entrant import Entrant
from contest.models.round import Edition


class LiveRound(models.Model):
    """A live round. While `phase` is empty it is a draft: `rules` and `plan` may be edited.

    `plan`: the items as the organiser put them together (`contest.actions.live_setup`). Opening the lobby freezes them
    into the journal and copies the keys into `secrets` by item number ({"key", "solution"}), which no view reads.
    `version` and `phase` repeat the state's. `open_run`: the run that takes answers, 0 for none. `due_at`: when the
    clock looks, 0 for never. `pin` is for typing and free again when the round has ended; `join_token` is in the
    QR code. `wifi` is shown in the hall.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="live_rounds")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    wifi = models.CharField(max_length=120, blank=True)
    rules = models.JSONField(default=dict)
    plan = models.JSONField(default=list)
    secrets = models.JSONField(default=dict)
    pin = models.CharField(max_length=8, null=True, blank=True, unique=True)
    join_token = models.CharField(max_length=32, unique=True)
    phase = models.CharField(max_length=10, blank=True)
    version = models.PositiveIntegerField(default=0)
    open_run = models.PositiveIntegerField(default=0)
    due_at = models.BigIntegerField(default=0)
    rehearsal = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["contest_id", "number"]
        constraints = [models.UniqueConstraint(fields=["contest", "number"], name="live_number_once")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(due_at__gt=0), name="live_due")]

    def __str__(self) -> str:
        return self.title


class LiveEvent(models.Model):
    """One event of the journal, `body` its JSON text. `deed`: the version of the first event of the same command."""

    round = models.ForeignKey(LiveRound, on_delete=models.PROTECT, related_name="events")
    version = models.PositiveIntegerField()
    deed = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    body = models.TextField()
    at = models.BigIntegerField()
    role = models.CharField(max_length=10)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["round_id", "version"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="live_version_once")]

    def __str__(self) -> str:
        return f"{self.round_id} v{self.version} {self.kind}"


class LivePlayer(models.Model):
    """A participant: known by a token whose SHA-256 is kept, never by a socket.

    `device`, where the place was made, and `seated_on`, where the token went, are hashes of a cookie; "" for none.
    """

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="players")
    entrant = models.ForeignKey(Entrant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seat = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=200, blank=True)
    skeleton = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=64, blank=True)
    seated_on = models.CharField(max_length=64, blank=True)
    joined_at = models.BigIntegerField()

    class Meta:
        ordering = ["round_id", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="live_seat_once"),
            models.UniqueConstraint(
                fields=["round", "entrant"],
                condition=models.Q(entrant__isnull=False),
                name="live_entrant_once",
            ),
        ]
        indexes = [models.Index(fields=["round", "device"])]

    def __str__(self) -> str:
        return self.name


class LiveDevice(models.Model):
    """A further device on which a participant's place has been: a ban holds there too."""

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="+")
    player = models.ForeignKey(LivePlayer, on_delete=models.CASCADE, related_name="devices")
    device = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "device", "player"], name="live_device_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.player_id}"


class LiveAnswer(models.Model):
    """The answer of a participant to a run, once. The client's `key` makes a retry harmless; `receipt` is shown."""

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="answers")
    run = models.PositiveIntegerField()
    player = models.ForeignKey(LivePlayer, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=40)
    seq = models.PositiveIntegerField(default=1)
    value = models.JSONField()
    at = models.BigIntegerField()
    ms = models.PositiveIntegerField()
    lag_ms = models.PositiveIntegerField(default=0)
    receipt = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "run", "player"], name="live_answer_once"),
        ]
        indexes = [models.Index(fields=["receipt"])]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.run} {self.player_id}"


class LiveAppeal(models.Model):
    """A participant's objection to a run, for the jury. `decision` empty: open."""

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="appeals")
    run = models.PositiveIntegerField()
    player = models.ForeignKey(LivePlayer, on_delete=models.CASCADE, related_name="appeals")
    text = models.CharField(max_length=500)
    at = models.BigIntegerField()
    decision = models.CharField(max_length=10, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "run", "player"], name="live_appeal_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.run} {self.player_id}"


class LiveStaff(models.Model):
    """Who besides the contest's staff works in this round: `jury` judges and confirms, `host` leads it."""

    class Role(models.TextChoices):
        HOST = "host"
        JURY = "jury"

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_roles")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "user", "role"], name="live_role_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class LiveRemote(models.Model):
    """A phone paired as a remote: the code of the QR works once and for two minutes, its token until it is revoked."""

    round = models.ForeignKey(LiveRound, on_delete=models.CASCADE, related_name="remotes")
    code_hash = models.CharField(max_length=64, unique=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.BigIntegerField()
    paired_at = models.BigIntegerField(default=0)
    revoked_at = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.round_id} {self.pk}"


class LiveEdition(Edition):
    """One result of a live round: made when it ends, and anew with every correction. `basis`: {"version"}."""

    round = models.ForeignKey(LiveRound, on_delete=models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        abstract = False
        ordering = ["round_id", "edition"]
        constraints = [models.UniqueConstraint(fields=["round", "edition"], name="live_edition_once")]

    def __str__(self) -> str:
        return f"{self.round_id} e{self.edition}"
