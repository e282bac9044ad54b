"""The organiser's pages of live rounds, as a browser without script sees them."""

import re

import msgspec
import pytest
from django.urls import reverse

from contest.live.presets import PRESETS
from contest.live.rules import LiveRules
from contest.models import ContestStaff, LiveRound, LiveStaff
from frontend.forms.organise_live import LiveRoundForm, fields_of
from question_bank.models import QuestionVersion
from tests import builders
from tests.live_builders import hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A draft with two questions in its plan; the bank has a third."""
    place = hall(questions=2, open_=False)
    builders.approved(builders.single(9))
    return place


@pytest.fixture
def desk(client, draft):
    client.force_login(draft.chief)
    return client


def address(name, place):
    return reverse(name, args=[place.id])


def stored(place):
    return LiveRound.objects.get(pk=place.id)


def stamp_of(page):
    return re.search(r'name="stamp" value="(\w+)"', page.content.decode())[1]


def plan_post(desk, place, **fields):
    """The plan's form with what its page holds, changed by `fields`."""
    page = desk.get(address("organise-live-plan", place))
    typed = {"stamp": stamp_of(page)}
    for row in page.context["rows"]:
        for field in row["form"]:
            value = field.value()
            if value not in (None, False):
                typed[field.html_name] = value
    return desk.post(address("organise-live-plan", place), typed | fields)


class TestMakingARound:
    def test_every_preset_begins_a_draft_with_its_rules(self, desk, draft):
        for preset in PRESETS:
            answer = desk.post(
                reverse("organise-live-new", args=[draft.contest.slug]),
                {"title": f"Vòng {preset.code}", "preset": preset.code},
            )
            made = LiveRound.objects.get(title=f"Vòng {preset.code}")
            assert answer["Location"] == reverse("organise-live-plan", args=[made.pk])
            assert fields_of(_rules(made)) == fields_of(preset.rules)

    def test_a_title_that_is_missing_is_said_and_the_choice_is_kept(self, desk, draft):
        answer = desk.post(
            reverse("organise-live-new", args=[draft.contest.slug]), {"title": "", "preset": "bell"}
        )
        assert answer.status_code == 422
        assert 'value="bell" checked' in answer.content.decode()
        assert LiveRound.objects.count() == 1

    def test_the_contest_page_lists_it(self, desk, draft):
        page = desk.get(reverse("organise-contest", args=[draft.contest.slug])).content.decode()
        assert reverse("organise-live", args=[draft.id]) in page


def _rules(row):
    return msgspec.convert(row.rules, LiveRules)


def form_fields(hall, **changes):
    """What the rules page would send, boxes only where they are ticked."""
    form = LiveRoundForm.of_round(stored(hall))
    typed = {name: form[name].value() for name in form.fields} | changes
    return {name: value for name, value in typed.items() if value is not None and value is not False}


class TestRules:
    def test_every_rule_is_kept_as_it_was_typed(self, desk, draft):
        typed = form_fields(
            draft, mode="bell", seconds=15, bell_last=3, bell_all_out="leave", place="Nhà văn hóa",
            chain="floor,right,time", late_join=False, sounds=False,
        )  # fmt: skip
        answer = desk.post(address("organise-live-edit", draft), typed)
        assert answer.status_code == 302
        row, rules = stored(draft), _rules(stored(draft))
        assert (row.place, rules.mode, rules.seconds, rules.late_join) == ("Nhà văn hóa", "bell", 15, False)
        assert (rules.bell.last, rules.bell.all_out) == (3, "leave")
        assert rules.chain == ("floor", "right", "time")
        assert not rules.sounds

    def test_units_are_ranked_only_where_they_are_asked_for(self, desk, draft):
        refused = desk.post(address("organise-live-edit", draft), form_fields(draft, units_best_of=5))
        assert refused.status_code == 422
        assert refused.context["form"].errors["units_best_of"] == [
            "Muốn xếp hạng đơn vị thì cần hỏi đơn vị khi vào phòng."
        ]

        typed = form_fields(draft, units_best_of=5, ask_unit=True)
        assert desk.post(address("organise-live-edit", draft), typed).status_code == 302
        assert _rules(stored(draft)).units_best_of == 5
        page = desk.get(address("organise-live", draft)).content.decode()
        assert "trung bình 5 người giỏi nhất" in page

    def test_rules_of_other_modes_may_be_left_out_and_stay(self, desk, draft):
        typed = form_fields(draft, mode="official")
        others = ("bell_", "buzzer_", "game_", "teams_")
        kept = {name: value for name, value in typed.items() if not name.startswith(others)}
        assert desk.post(address("organise-live-edit", draft), kept).status_code == 302
        assert _rules(stored(draft)).buzzer.answer_s == LiveRules().buzzer.answer_s

    def test_bad_input_is_said_at_its_field_and_everything_typed_stays(self, desk, draft):
        typed = form_fields(draft, title="Tên mới rất riêng", seconds=2)
        answer = desk.post(address("organise-live-edit", draft), typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Tên mới rất riêng" in page
        assert answer.context["form"].errors.keys() == {"seconds"}
        assert stored(draft).title == draft.row.title

    def test_a_preset_fills_the_form_in_and_saves_nothing(self, desk, draft):
        typed = form_fields(draft, title="Giữ tên này", action="preset", preset="game")
        answer = desk.post(address("organise-live-edit", draft), typed)
        form = answer.context["form"]
        assert (form["mode"].value(), form["title"].value()) == ("game", "Giữ tên này")
        assert _rules(stored(draft)).mode == "official"

    def test_an_open_round_is_not_edited(self, desk, draft):
        desk.post(address("organise-live", draft), {"action": "open"})
        assert desk.get(address("organise-live-edit", draft)).status_code == 302
        answer = desk.post(address("organise-live-edit", draft), form_fields(draft, title="Khác"))
        assert answer.status_code == 422
        assert stored(draft).title == draft.row.title


def poll(options):
    return {"poll-stem": "Vui không?", "poll-options": options, "poll-kind": "single"}


class TestPlan:
    def versions(self, place):
        return [line.get("version_id") for line in stored(place).plan]

    def test_numbers_of_a_line_are_kept(self, desk, draft):
        answer = plan_post(
            desk, draft, **{"action": "save", "l1-seconds": "45", "l1-points": "", "l2-weight": "2", "l2-bell": "on"}
        )  # fmt: skip
        assert answer.status_code == 302
        first, second = stored(draft).plan
        assert (first["seconds"], first.get("points")) == (45, None)
        assert (second["weight"], second["bell"]) == (2, True)

    def test_a_line_out_of_range_is_said_and_nothing_is_lost(self, desk, draft):
        answer = plan_post(desk, draft, **{"action": "save", "l1-seconds": "1", "l2-points": "77"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_l1-seconds"' in page
        assert page.count("Số nguyên từ 5 đến 300.") == 2
        assert 'class="field field--wrong"' in page
        assert 'value="77"' in page
        assert "points" not in stored(draft).plan[1]

    def test_moving_a_line_keeps_what_was_typed_on_another(self, desk, draft):
        before = self.versions(draft)
        plan_post(desk, draft, **{"action": "up-2", "l1-seconds": "33"})
        assert self.versions(draft) == before[::-1]
        assert stored(draft).plan[1]["seconds"] == 33
        plan_post(desk, draft, action="down-1")
        assert self.versions(draft) == before
        plan_post(desk, draft, action="remove-1")
        assert self.versions(draft) == before[1:]

    def test_picked_questions_are_added_once(self, desk, draft):
        free = QuestionVersion.objects.exclude(pk__in=self.versions(draft)).get()
        plan_post(desk, draft, action="add", version=[free.pk, free.pk, self.versions(draft)[0]])
        assert self.versions(draft)[2:] == [free.pk]

    def test_drawing_takes_what_is_not_in_the_plan_and_says_what_lacks(self, desk, draft):
        free = QuestionVersion.objects.exclude(pk__in=self.versions(draft)).get()
        plan_post(desk, draft, **{"action": "draw", "draw-count": "1"})
        assert self.versions(draft)[2:] == [free.pk]
        answer = plan_post(desk, draft, **{"action": "draw", "draw-count": "4", "draw-level": "NB"})
        assert answer.status_code == 422
        assert "thiếu 4 câu" in answer.content.decode()
        assert len(self.versions(draft)) == 3

    def test_a_poll_and_a_slide_are_written_between(self, desk, draft):
        plan_post(desk, draft, **{"action": "slide", "slide-stem": "Giải lao", "slide-text": "Mười phút"})
        plan_post(desk, draft, action="poll", **poll("Vui\nRất vui"))
        slide, asked = stored(draft).plan[2:]
        assert (slide["type"], slide["stem"], slide["text"]) == ("slide", "Giải lao", "Mười phút")
        assert [option["text"] for option in asked["body"]["options"]] == ["Vui", "Rất vui"]

    def test_a_poll_of_one_choice_is_refused_and_kept_on_the_page(self, desk, draft):
        answer = plan_post(desk, draft, action="poll", **poll("Vui"))
        assert answer.status_code == 422
        assert "Vui không?" in answer.content.decode()
        assert len(stored(draft).plan) == 2

    def test_a_plan_edited_elsewhere_is_not_overwritten(self, desk, draft):
        answer = plan_post(desk, draft, action="remove-1", stamp="0" * 16)
        assert answer.status_code == 422
        assert "trang khác" in answer.content.decode()
        assert len(stored(draft).plan) == 2

    def test_only_approved_questions_are_offered(self, desk, draft):
        free = QuestionVersion.objects.exclude(pk__in=self.versions(draft)).get()
        QuestionVersion.objects.filter(pk=free.pk).update(state="retired")
        page = desk.get(address("organise-live-plan", draft), {"state": "retired"})
        assert free.pk not in [row.pk for row in page.context["page"]]


class TestOpening:
    def test_the_check_list_names_what_is_missing(self, desk, draft):
        page = desk.get(address("organise-live", draft))
        assert page.context["may_open"]
        assert [check.done for check in page.context["checks"]][3] is False  # one judge is too few
        version = stored(draft).plan[0]["version_id"]
        QuestionVersion.objects.filter(pk=version).update(state="retired")
        page = desk.get(address("organise-live", draft))
        assert not page.context["may_open"]
        assert 'value="open"' not in page.content.decode()

    def test_opening_leads_to_the_operator_s_page_with_a_pin(self, desk, draft):
        answer = desk.post(address("organise-live", draft), {"action": "open"})
        assert answer["Location"] == reverse("live-host", args=[draft.id])
        page = desk.get(answer["Location"]).content.decode()
        assert stored(draft).pin in page

    def test_what_cannot_be_opened_is_refused_in_words(self, desk, draft):
        LiveRound.objects.filter(pk=draft.id).update(plan=[])
        answer = desk.post(address("organise-live", draft), {"action": "open"})
        assert answer.status_code == 409
        assert not stored(draft).phase

    def test_jury_comes_and_goes(self, desk, draft):
        judge = builders.user("giam-khao")
        desk.post(
            address("organise-live", draft), {"action": "staff", "username": "giam-khao", "role": "jury"}
        )
        row = LiveStaff.objects.get(round_id=draft.id)
        assert row.user == judge
        checks = desk.get(address("organise-live", draft)).context["checks"]
        assert checks[3].done
        desk.post(address("organise-live", draft), {"action": "unstaff", "staff": row.pk})
        assert not LiveStaff.objects.exists()

    def test_an_account_that_is_not_there_is_said_at_its_field(self, desk, draft):
        typed = {"action": "staff", "username": "khong-co", "role": "jury"}
        answer = desk.post(address("organise-live", draft), typed)
        assert answer.status_code == 422
        assert 'value="khong-co"' in answer.content.decode()
        assert answer.context["staff_form"].errors.keys() == {"username"}


class TestWhoMay:
    @pytest.mark.parametrize("name", ["organise-live", "organise-live-edit", "organise-live-plan"])
    def test_only_organisers_see_drafts(self, client, draft, name):
        client.force_login(builders.user())
        assert client.get(address(name, draft)).status_code == 404
        viewer = builders.user()
        ContestStaff.objects.create(contest=draft.contest, user=viewer, role=ContestStaff.Role.VIEWER)
        client.force_login(viewer)
        assert client.get(address(name, draft)).status_code == 403
