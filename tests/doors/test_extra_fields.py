"""More fields than were asked for: refused by machines, passed over by forms; no column follows them (row 45)."""

import json

import pytest
import yaml
from django.forms import model_to_dict

from api.live import tickets
from contest.models import Attempt, Contest, Entrant, Round, User
from contest.queries import tokens
from question_bank.models import QuestionVersion
from tests import builders
from tests.doors import people
from tests.doors.routes import routes

pytestmark = pytest.mark.django_db
GREEDY = {
    "is_staff": "1", "is_superuser": "1", "score": "100", "correct": "9", "all_correct": "1", "state": "published",
    "role": "chief", "barred": "", "unit_path": "1/", "person_key": "x", "code": "AAAA", "created_by": "1",
    "approver": "1", "can_organise": "1", "deadline": "2030-01-01", "finished_at": "2030-01-01", "epoch": "9",
    "owner": "1", "pk": "1", "id": "1",
    "contest": "1", "round": "1", "number": "9", "draw_seed": "x", "rules_version": "9",
}  # fmt: skip


def bodies():
    """(address, method) of every operation that takes a body, from the OpenAPI document."""
    document = yaml.safe_load((people.ROOT / "tests/architecture/openapi.yml").read_text())
    return sorted(
        (path, method.upper())
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if "requestBody" in operation
    )


def right_body(path):
    """A body that is taken as it is."""
    name = path.rsplit("/", 1)[1]
    if "/live/" in path:
        return live_body("appeal" if name == "{appeal_id}" else name)
    known = {
        "attempts": {"start_key": "0123456789abcdef"},
        "answers": {"revision": 1, "answers": {"1": "a"}},
        "submit": {"revision": 1, "answers": {}},
        "close": {"reason": "Mất điện"},
        "settle": {"reason": "Tính lại"},
        "adjust": {"seconds": 60, "reason": "Mất điện"},
        "reopen": {"seconds": 60, "reason": "Hết pin"},
        "void": {"reason": "Khai sai người"},
        "exclusions": {"phone": "0987654321", "name": "Trần Văn Hòa", "reason": "Tổ thư ký"},
        "lift": {"reason": "Nhầm người"},
    }
    assert name in known, f"the test knows no body for {path}"
    return known[name]


def live_body(name):
    """The same for live rounds."""
    known = {
        "join": {"pin": "", "token": "", "name": "Lê Thị Hoa", "unit": ""},
        "come-back": {"seat": 1, "code": ""},
        "pair": {"code": ""},
        "answers": {"run": 1, "key": "key-00000001", "value": "b"},
        "commands": {"id": "c1", "command": {"do": "pause"}},
        "tickets": {"role": "host"},
        "appeals": {"run": 1, "text": "Đáp án sai"},
        "appeal": {"decision": "rejected", "remark": "Đáp án đúng"},
    }
    assert name in known, f"the test knows no body for {name}"
    return known[name]


def send_live(cast, path, method, body):
    """To the live round, by whoever may: its person, or its chief with a ticket."""
    name = path.rsplit("/", 1)[1]
    codes = {
        "join": {"token": cast.live.row.join_token},
        "come-back": {"code": cast.live.seats["An"].code},
        "pair": {"code": cast.remote_code},
    }
    token = cast.live.seats["An"].token
    if name == "commands":
        token = tickets.write(tickets.Ticket(cast.live.id, "host", cast.users["chief"].pk))
    return cast.browser("chief").generic(
        method,
        path.format(**cast.known()),
        json.dumps(body | codes.get(name, {})),
        "application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def send(cast, path, method, body):
    """By whoever may."""
    if "/live/" in path:
        return send_live(cast, path, method, body)
    address = path.format(**cast.known())
    hot = "attempts" in path and not path.endswith(("/adjust", "/reopen", "/void"))
    client = cast.browser("entrant" if hot else "chief")
    token = tokens.write_attempt(builders.token_of(cast.attempt))
    headers = {"Authorization": f"Attempt {token}"} if hot and "public_id" in path else {}
    return client.generic(method, address, json.dumps(body), "application/json", headers=headers)


@pytest.mark.parametrize(("path", "method"), bodies())
def test_a_machine_that_sends_more_is_refused_and_nothing_is_written(clock, path, method):
    cast = people.cast()
    with people.undone():
        plain = send(cast, path, method, right_body(path))
        assert plain.status_code in {200, 201, 204, 409}, plain.content

    for name, value in GREEDY.items():
        if name in right_body(path):
            continue
        with people.undone(), people.writes() as statements:
            reply = send(cast, path, method, right_body(path) | {name: value})
        assert (reply.status_code, reply.json()["code"]) == (400, "malformed"), name
        assert name in str(reply.json()), name
        assert statements == [], name


REGISTRATION = {
    "name": "Lê Thị Hoa",
    "birth_year": "1990",
    "phone": "0987654321",
    "unit_other": "Tổ 5",
    "take_part": "on",
}
CONTEST = {"title": "Cuộc thi thứ hai", "slug": "cuoc-thi-thu-hai", "organiser": "Đoàn xã"}
ATTEMPT = {"q1": "a", "revision": "0", "action": "save"}


def made_by(model, cast, role, address, fields):
    """The row that the form makes or changes, as a plain mapping without what differs from row to row."""
    with people.undone():
        reply = cast.browser(role).post(address, fields)
        assert reply.status_code in {200, 302}, reply.content.decode()[:2000]
        row = model.objects.order_by("-pk").first()
        found = model_to_dict(row) | {"pk": row.pk}
        staff = sorted(
            User.objects.values_list(
                "pk", "is_staff", "is_superuser", "can_organise", "can_approve_questions"
            )
        )
    return {
        name: value for name, value in found.items() if name not in {"code", "id", "pk", "consents"}
    }, staff


@pytest.mark.parametrize(
    ("model", "role", "name", "fields"),
    [
        (Entrant, "stranger", "register", REGISTRATION),
        (Contest, "chief", "organise-contest-new", CONTEST),
        (Attempt, "entrant", "attempt", ATTEMPT),
        (Round, "organiser", "organise-round", {"action": "close", "reason": "Mất điện"}),
        (QuestionVersion, "approver", "curate-version", {"move": "retire", "remark": "cũ"}),
    ],
)
def test_a_form_with_more_fields_makes_the_same_row(clock, model, role, name, fields):
    cast = people.cast()
    address = next(route for route in routes() if route.name == name).address(cast.known())
    if model is Attempt:
        fields = fields | {"token": tokens.write_attempt(builders.token_of(cast.attempt))}
        model.objects.exclude(pk=cast.attempt.pk).delete()
    more = {key: value for key, value in GREEDY.items() if key not in fields}
    if name == "curate-version":
        address = f"/bien-tap/phien-ban/{QuestionVersion.objects.order_by('-pk')[0].pk}/"

    assert made_by(model, cast, role, address, fields) == made_by(model, cast, role, address, fields | more)
