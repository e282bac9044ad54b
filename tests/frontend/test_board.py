"""The page of a board says what it shows, and since when it has stood still."""

import pytest
from django.test import Client
from django.utils import timezone

from contest.queries import board, snapshots
from contest.rules.visibility import BoardPolicy
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    snapshots.forget_all()
    board.forget_all()


def test_a_frozen_board_names_the_moment_of_its_freeze_not_of_the_visit(monkeypatch):
    world = builders.world(board=BoardPolicy.FROZEN, frozen_from=builders.at(30))
    world.finish(world.entrant(), right=2, now=builders.at(5))
    monkeypatch.setattr(timezone, "now", lambda: builders.at(90))

    page = Client().get(f"/vong/{world.round.pk}/bang/").content.decode()

    assert "Bảng đã dừng cập nhật từ 02/11/2026 08:30 để giữ bí mật" in page
    assert 'data-msg-frozen="Bảng đã dừng cập nhật từ 02/11/2026 08:30' in page
