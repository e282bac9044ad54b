from tests import messages


def test_every_message_has_its_english():
    assert messages.problems() == []
