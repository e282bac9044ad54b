import json

import pytest
from django.core.management import CommandError, call_command

from question_bank.actions import starter
from question_bank.models import Outline, Topic
from tests.builders import OPENS, user

pytestmark = pytest.mark.django_db

PLAN = """KẾ HOẠCH

Thông tin, tuyên truyền thử nghiệm

I- MỤC ĐÍCH

- Thông qua tuyên truyền thực hiện thắng lợi 6 nhiệm vụ

trọng tâm của cả nhiệm kỳ.

II- NỘI DUNG

1- Nội dung trọng tâm

1.1- Việc thực hiện Kết luận số 21-KL/TW.

1.2- Tầm nhìn đến năm

2045 theo định hướng chung.
"""


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_plan_is_printed_as_json_and_a_dry_run_changes_nothing(plan, capsys):
    call_command("load_outline", str(plan), "--dry-run", "--format", "json")

    nodes = json.loads(capsys.readouterr().out)
    assert [node["key"] for node in nodes] == ["I", "I/b1", "II", "II.1", "II.1.1", "II.1.2"]
    assert all(
        {"order", "kind", "key", "number", "parent", "start", "end", "text", "warnings"} <= set(n)
        for n in nodes
    )
    assert nodes[5]["text"] == "1.2- Tầm nhìn đến năm 2045 theo định hướng chung."
    assert nodes[5]["warnings"] == ["joined_break"]
    assert not Topic.objects.exists()


def test_loading_twice_finds_nothing_to_change(plan, capsys):
    call_command("load_outline", str(plan))
    first = capsys.readouterr().out
    call_command("load_outline", str(plan))

    assert "+ II.1.1" in first
    assert "nothing to change" in capsys.readouterr().out
    kept = Outline.objects.get()
    topic = Topic.objects.get(key="II.1.1")
    assert " ".join(kept.source[topic.start : topic.end].split()) == topic.text


def test_topics_that_own_questions_are_not_dropped_unless_asked(plan):
    starter.load(author=user(), approver=user(), now=OPENS)

    with pytest.raises(CommandError, match="own questions"):
        call_command("load_outline", str(plan))
    assert Topic.objects.get(key="IV.1").retired is False
    call_command("load_outline", str(plan), "--retire-missing")
    assert Topic.objects.get(key="IV.1").retired is True


@pytest.mark.parametrize(
    ("text", "said"),
    [("chỉ là một đoạn văn\n", "line 1: this is no outline; expected a section heading"), ("", "file-empty")],
)
def test_a_file_that_is_no_outline_is_refused_with_the_line(tmp_path, text, said):
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=said):
        call_command("load_outline", str(path))


def test_check_sources_names_the_quotes_that_are_not_in_the_document(plan, capsys):
    with pytest.raises(CommandError, match="not in the document"):
        call_command("check_sources", str(plan), "--starter")

    told = capsys.readouterr()
    assert "\nII.1.1-01:" not in told.err
    assert "\nII.1.5-01:" in told.err
    assert told.out.splitlines()[0].split() == [
        "topic", "NB", "TH", "VD", "VDC", "single", "multi", "truefalse", "fill", "order", "match", "all",
    ]  # fmt: skip
