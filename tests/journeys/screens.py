"""Every screen of the site in every state, as a table: walked by test_every_screen.py with axe, in both languages.

A new screen is one line of SCREENS: the name of its address, what its state is, where it is (facts of gallery.py in
braces), who looks; `status` unless it is 200, `then` for what must be done on the page to get to the state, and `sees`
for a selector that tells that it is the state. A state that the gallery does not hold yet is made there.
`tests/frontend/test_screens.py` fails while an address of frontend/urls.py has no line here and no reason in
NOT_SCREENS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

Facts = Mapping[str, Any]
Then = Callable[["Page", Facts], None]

NOT_SCREENS = {
    "service-worker": "a script",
    "set_language": "a form that leads back to its page",
    "sign-out": "a form that leads to the home page; opened by hand it is the page for a wrong method",
    "start": "a form that leads to an attempt; opened by hand it is the page for a wrong method",
    "organise-round-export": "a file",
    "organise-overall-export": "a file",
    "organise-round-numbers": "a part of the page of a round",
    "organise-contest-qr": "a picture",
    "curate-revise": "a form that leads to the editor",
    "media": "a picture or a sound",
    "live-projector-qr": "a picture",
    "organise-live-minutes": "a file",
    "organise-live-sheet": "a file",
    "organise-live-rehearse": "a form that leads to the page of the rehearsal",
    "organise-live-clear": "a form that leads to the contest",
    "live-host-pair": "an answer to the operator's page",
    "live-host-unpair": "an answer to the operator's page",
    "live-host-code": "an answer to the operator's page",
    "live-jury-run": "an answer to the jury's page",
    "live-jury-preview": "an answer to the jury's page",
    "live-jury-appeals": "an answer to the jury's page",
    "live-jury-receipts": "an answer to the jury's page",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen in one state. `who`: visitor, entrant, chief, writer, approver, or nobody (signed in, no role)."""

    name: str
    state: str
    path: str
    who: str = "visitor"
    status: int = 200
    then: Then | None = None
    sees: str = "h1"

    def __str__(self) -> str:
        return f"{self.name}-{self.state}"


def unfold(page: "Page") -> None:
    """Open everything that is folded, so that axe looks into it too."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def press(button: str, *, within: str = "main") -> Then:
    """Press a button that sends a form as it is; `button` is a selector."""

    def then(page: "Page", facts: Facts) -> None:
        del facts
        unfold(page)
        # The server's own check is what is looked at, not the browser's.
        page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
        with page.expect_navigation():
            page.locator(f"{within} {button}").first.click()

    return then


def fill_and_press(fields: Mapping[str, str], button: str) -> Then:
    """Type into named fields (facts in braces), then press the button."""

    def then(page: "Page", facts: Facts) -> None:
        for name, value in fields.items():
            page.fill(f"main [name={name}]", value.format(**facts))
        press(button)(page, facts)

    return then


def register(page: "Page", facts: Facts) -> None:
    """A newcomer registers."""
    for name, value in (
        ("name", "Nguyễn Thị Phương Thảo"),
        ("phone", facts["phone"]),
        ("birth_year", "1996"),
    ):
        page.fill(f"[name={name}]", value)
    page.fill("[name=unit_query]", "ung dung tien bo")
    page.get_by_label("Chi đoàn Trung tâm Ứng dụng").check()
    page.check("[name=take_part]")
    page.locator("main form button.button--primary").click()
    page.wait_for_selector(".receipt__code")


def join_live_room(page: "Page", facts: Facts) -> None:
    """A newcomer gives a name and waits in the lobby."""
    fields = {"name": "Nguyễn Thị Phương Thảo", "unit": "Chi đoàn 1"}
    fill_and_press(fields, "form button.button--primary")(page, facts)
    page.wait_for_selector(".live-here")


def ask_before_handing_in(page: "Page", facts: Facts) -> None:
    """The dialog over the attempt."""
    del facts
    page.locator(".attempt-foot button[value=submit]").click()
    page.wait_for_selector("dialog[open]")


def send_plain(page: "Page", facts: Facts, **fields: str) -> None:
    """Send the form of the attempt as a browser without script does."""
    del facts
    with page.expect_navigation():
        page.evaluate(
            """(fields) => {
              const form = document.querySelector("main form");
              for (const [name, value] of Object.entries(fields)) {
                const field = document.createElement("input");
                Object.assign(field, { type: "hidden", name, value });
                form.append(field);
              }
              HTMLFormElement.prototype.submit.call(form);
            }""",
            fields,
        )


def hand_in_plainly(page: "Page", facts: Facts) -> None:
    """The question that a browser without script gets."""
    send_plain(page, facts, action="submit")


def open_elsewhere(page: "Page", facts: Facts) -> None:
    """The same attempt is opened in another tab; then this one is sent."""
    other = page.context.new_page()
    other.goto(page.url)
    other.close()
    hand_in_plainly(page, facts)


def run_out_of_time(page: "Page", facts: Facts) -> None:
    """The time is up while the form is on its way."""
    facts["site"].stage("tests.journeys.gallery:let_time_run_out", public_id=facts["late"])
    hand_in_plainly(page, facts)


def lose_the_token(page: "Page", facts: Facts) -> None:
    """The protection of a form is gone with its cookie."""
    page.context.clear_cookies(name="csrftoken")
    send_plain(page, facts)


def send_too_many_fields(page: "Page", facts: Facts) -> None:
    """More fields than any form of ours has."""
    send_plain(page, facts, **{f"field{number}": "x" for number in range(1001)})


def send_too_much(page: "Page", facts: Facts) -> None:
    """More than a form may hold."""
    send_plain(page, facts, words="x" * 1_100_000)


def in_the_room(*steps: str) -> Then:
    """Waits for the room; then presses each of these: a selector, or a key of the keyboard as "key:a"."""

    def then(page: "Page", facts: Facts) -> None:
        del facts
        page.wait_for_selector("[data-link=open]")
        page.wait_for_selector("[data-slot=waiting]", state="hidden")
        for step in steps:
            if step.startswith("key:"):
                page.keyboard.press(step.removeprefix("key:"))
            else:
                page.click(step)

    return then


def pair_a_phone(page: "Page", facts: Facts) -> None:
    """The code of the QR is exchanged for a token."""
    code = facts["site"].stage("tests.journeys.gallery:offer_remote", live_round=facts["live_running"])
    page.goto(f"/phong/tu-xa/{code}/")
    page.click("[data-pair]")
    page.wait_for_selector("[data-link=open]")


def show(fact: str, status: int) -> Then:
    """A page drawn by the server for a fault that a walk can not bring about."""

    def then(page: "Page", facts: Facts) -> None:
        page.route(
            "**/hong/", lambda route: route.fulfill(body=facts[fact], status=status, content_type="text/html")
        )
        page.goto("/hong/")

    return then


INVALID, REFUSED, ERRAND = "[aria-invalid=true]", ".form-errors", ".errand__mark"
LIVE = "/to-chuc/truc-tiep/{%s}/"
ROUND, VERSION = "/to-chuc/vong/{%s}/", "/bien-tap/phien-ban/{%s}/"
ROOM = "/phong/{%s}/"
SCREENS = [
    Screen("home", "running", "/"),
    Screen("home", "staff", "/", "chief"),
    Screen("contest", "stranger", "/cuoc-thi/{slug}/"),
    Screen("contest", "entrant", "/cuoc-thi/{slug}/", "entrant"),
    Screen("contest", "nothing-announced", "/cuoc-thi/{empty}/"),
    Screen("rules", "all-rounds", "/cuoc-thi/{slug}/the-le/"),
    Screen("rules", "nothing-announced", "/cuoc-thi/{empty}/the-le/"),
    Screen("register", "blank", "/cuoc-thi/{slug}/dang-ky/"),
    Screen("register", "errors", "/cuoc-thi/{slug}/dang-ky/", then=press("form button.button--primary"), sees=INVALID),
    Screen("register", "done", "/cuoc-thi/{slug}/dang-ky/", then=register, sees=".receipt__code"),
    Screen("come-back", "blank", "/cuoc-thi/{slug}/vao-lai/"),
    Screen("come-back", "unknown", "/cuoc-thi/{slug}/vao-lai/",
           then=fill_and_press({"phone": "{phone}", "code": "ABCD2345"}, "form button.button--primary"), sees=REFUSED),
    Screen("sign-in", "blank", "/dang-nhap/"),
    Screen("sign-in", "wrong", "/dang-nhap/",
           then=fill_and_press({"username": "ai-do", "password": "sai"}, "form button.button--primary"), sees=REFUSED),
    Screen("attempt", "open", "/bai-thi/{open}/", "entrant"),
    Screen("attempt", "dialog", "/bai-thi/{open}/", "entrant", then=ask_before_handing_in, sees="dialog[open]"),
    Screen("attempt", "confirm", "/bai-thi/{open}/", "entrant", then=hand_in_plainly, sees="[name=confirmed]"),
    Screen("attempt", "elsewhere", "/bai-thi/{open}/", "entrant", then=open_elsewhere,
           sees=".errand a[href='/bai-thi/{open}/']"),
    Screen("attempt", "expired", "/bai-thi/{late}/", "entrant", then=run_out_of_time,
           sees="h1, .errand a[href='/bai-thi/{late}/ket-qua/']"),
    Screen("attempt", "stranger", "/bai-thi/{open}/", status=404),
    Screen("result", "before-release", "/bai-thi/{done}/ket-qua/", "entrant"),
    Screen("result", "released", "/bai-thi/{released}/ket-qua/", "entrant", sees="#xem-lai .review"),
    Screen("result", "voided", "/bai-thi/{voided}/ket-qua/", "entrant"),
    Screen("board", "live", "/vong/{live}/bang/"),
    Screen("board", "own", "/vong/{own}/bang/", "entrant"),
    Screen("board", "frozen", "/vong/{frozen}/bang/"),
    Screen("board", "hidden", "/vong/{hidden}/bang/"),
    Screen("board", "coming", "/vong/{coming}/bang/"),
    Screen("board", "closing", "/vong/{closing}/bang/"),
    Screen("board", "published", "/vong/{published}/bang/"),
    Screen("results", "published", "/vong/{published}/ket-qua/"),
    Screen("results", "amended", "/vong/{amended}/ket-qua/"),
    Screen("contest", "over", "/cuoc-thi/{over}/"),
    Screen("contest-result", "published", "/cuoc-thi/{over}/chung-cuoc/"),
    Screen("contest-result", "not-yet", "/cuoc-thi/{slug}/chung-cuoc/", status=404),
    Screen("results", "not-yet", "/vong/{settled}/ket-qua/", status=404),
    Screen("receipt", "blank", "/tra-cuu/"),
    Screen("receipt", "found", "/tra-cuu/?ma={receipt}", "entrant", sees=".card .code"),
    Screen("receipt", "found-by-a-stranger", "/tra-cuu/?ma={receipt}", sees=".card .code"),
    Screen("receipt", "malformed", "/tra-cuu/?ma=x", sees=INVALID),
    Screen("receipt", "too-often", "/tra-cuu/", then=show("page_429", 429), sees=INVALID),
    Screen("live-pin", "blank", "/phong/", sees=".input--pin"),
    Screen("live-pin", "unknown", "/phong/?ma=000000", status=404, sees=INVALID),
    Screen("live-join", "blank", "/phong/{live_pin}/"),
    Screen("live-join", "errors", "/phong/{live_pin}/", then=press("form button.button--primary"), sees=REFUSED),
    Screen("live-qr", "blank", "/phong/q/{live_token}/"),
    Screen("live-play", "lobby", "/phong/{live_pin}/",
           then=join_live_room, sees=".live-here"),
    Screen("live-projector", "lobby", "/phong/{live_room}/man-chieu/", "chief", sees=".hall-lobby__pin"),
    Screen("live-projector", "draft", "/phong/{live_draft}/man-chieu/", "chief"),
    Screen("live-projector", "stranger", "/phong/{live_room}/man-chieu/", "nobody", status=404),
    Screen("organise", "mine", "/to-chuc/", "chief"),
    Screen("organise", "nobody", "/to-chuc/", "nobody", status=404),
    Screen("organise-contest-new", "blank", "/to-chuc/moi/", "chief"),
    Screen("organise-contest-new", "errors", "/to-chuc/moi/", "chief",
           then=press("form button.button--primary"), sees=INVALID),
    Screen("organise-contest", "full", "/to-chuc/{slug}/", "chief"),
    Screen("organise-contest", "empty", "/to-chuc/{empty}/", "chief"),
    Screen("organise-contest", "stranger", "/to-chuc/{slug}/", "nobody", status=404),
    Screen("organise-round-new", "blank", "/to-chuc/{slug}/vong/moi/", "chief"),
    Screen("organise-round-new", "errors", "/to-chuc/{slug}/vong/moi/", "chief",
           then=press("form button.button--primary"), sees=INVALID),
    Screen("organise-round-edit", "draft", ROUND % "draft" + "sua/", "chief"),
    *(Screen("organise-round", state, ROUND % state, "chief")
      for state in ("draft", "coming", "live", "closing", "tied", "settled", "published", "amended")),
    Screen("organise-round", "open-predicted-away", ROUND % "hidden", "chief"),
    Screen("organise-round", "reschedule-without-reason", ROUND % "live", "chief", then=press("[value=reschedule]"),
           sees=INVALID),
    Screen("organise-live-new", "blank", "/to-chuc/{slug}/truc-tiep/moi/", "chief"),
    Screen("organise-live-new", "errors", "/to-chuc/{slug}/truc-tiep/moi/", "chief",
           then=press("form button.button--primary"), sees=INVALID),
    *(Screen("organise-live", state, LIVE % f"live_{state}", "chief")
      for state in ("draft", "ready", "running", "over")),
    Screen("organise-live", "unknown-account", LIVE % "live_ready", "chief",
           then=fill_and_press({"username": "khong-co-ai"}, "[value=staff]"), sees=INVALID),
    Screen("organise-live", "stranger", LIVE % "live_ready", "nobody", status=404),
    Screen("organise-live-edit", "bell", LIVE % "live_ready" + "sua/", "chief"),
    Screen("organise-live-edit", "errors", LIVE % "live_ready" + "sua/", "chief",
           then=fill_and_press({"seconds": "1"}, "form > .actions .button--primary"), sees=INVALID),
    Screen("organise-live-plan", "empty", LIVE % "live_draft" + "kich-ban/", "chief"),
    Screen("organise-live-plan", "full", LIVE % "live_ready" + "kich-ban/", "chief"),
    Screen("organise-live-plan", "errors", LIVE % "live_ready" + "kich-ban/", "chief",
           then=fill_and_press({"l1-seconds": "1"}, ".plan__actions [value=save]"), sees=INVALID),
    Screen("live-host", "lobby", ROOM % "live_room" + "dieu-khien/", "chief", then=in_the_room()),
    Screen("live-host", "reveal", ROOM % "live_running" + "dieu-khien/", "chief",
           then=in_the_room("key:a", "key:n", "key:r"), sees=".bars"),
    Screen("live-host", "room", ROOM % "live_running" + "dieu-khien/", "chief", then=in_the_room("[data-tab=room]")),
    Screen("live-host", "person", ROOM % "live_running" + "dieu-khien/", "chief",
           then=in_the_room(".lh-person >> nth=0"), sees="dialog[open]"),
    Screen("live-host", "reason", ROOM % "live_running" + "dieu-khien/", "chief",
           then=in_the_room("[data-tab=room]", "[data-do=void]"), sees="dialog[open]"),
    Screen("live-host", "pairing", ROOM % "live_room" + "dieu-khien/", "chief",
           then=in_the_room("[data-tab=room]", "[data-do=remote]"), sees="dialog[open]"),
    Screen("live-host", "over", ROOM % "live_over" + "dieu-khien/", "chief", then=in_the_room()),
    Screen("live-host", "stranger", ROOM % "live_room" + "dieu-khien/", "nobody", status=404),
    Screen("live-jury", "running", ROOM % "live_running" + "giam-khao/", "chief", then=in_the_room()),
    Screen("live-jury", "correction", ROOM % "live_running" + "giam-khao/", "chief",
           then=in_the_room("[data-correct]"), sees="dialog[open]"),
    Screen("live-jury", "over", ROOM % "live_over" + "giam-khao/", "chief", then=in_the_room()),
    Screen("live-remote", "blank", "/phong/tu-xa/ma-da-cu/"),
    Screen("live-remote", "paired", "/phong/tu-xa/ma-da-cu/", then=pair_a_phone, sees=".lh-remote__next"),
    Screen("organise-attempts", "blank", ROUND % "live" + "luot-thi/", "chief"),
    Screen("organise-attempts", "found", ROUND % "published" + "luot-thi/?q=thao", "chief"),
    Screen("organise-attempts", "nothing-found", ROUND % "live" + "luot-thi/?q=khongcogiodau", "chief"),
    Screen("organise-entrants", "all", "/to-chuc/{slug}/thi-sinh/", "chief"),
    Screen("organise-entrants", "twice", "/to-chuc/{slug}/thi-sinh/?trung=1", "chief"),
    Screen("organise-entrants", "none", "/to-chuc/{empty}/thi-sinh/", "chief"),
    Screen("organise-entrant", "full", "/to-chuc/{slug}/thi-sinh/{entrant_id}/", "chief"),
    Screen("organise-entrant", "errors", "/to-chuc/{slug}/thi-sinh/{entrant_id}/", "chief",
           then=press("[value=exclude]"), sees=INVALID),
    Screen("organise-entrant", "excluded", "/to-chuc/{slug}/thi-sinh/{excluded_id}/", "chief"),
    Screen("organise-exclusions", "some", "/to-chuc/{slug}/loai-tru/", "chief"),
    Screen("organise-exclusions", "errors", "/to-chuc/{slug}/loai-tru/", "chief",
           then=press("form button.button--primary"), sees=INVALID),
    Screen("organise-exclusions", "none", "/to-chuc/{empty}/loai-tru/", "chief"),
    Screen("organise-units", "root", "/to-chuc/{slug}/don-vi/", "chief"),
    Screen("organise-units", "found", "/to-chuc/{slug}/don-vi/?q=doan", "chief"),
    Screen("organise-units", "none", "/to-chuc/{empty}/don-vi/", "chief"),
    Screen("organise-overall", "planned", "/to-chuc/{slug}/chung-cuoc/", "chief"),
    Screen("organise-overall", "published", "/to-chuc/{over}/chung-cuoc/", "chief"),
    Screen("organise-overall", "unplanned", "/to-chuc/{empty}/chung-cuoc/", "chief"),
    Screen("organise-poster", "sheet", "/to-chuc/{slug}/ap-phich/", "chief"),
    *(Screen("organise-live-result", state, LIVE % f"live_{state}" + "ket-qua/", "chief")
      for state in ("draft", "lobby", "published", "corrected", "rehearsal")),
    Screen("organise-live-result", "stranger", LIVE % "live_draft" + "ket-qua/", "nobody", status=404),
    Screen("organise-live-replay", "lobby", LIVE % "live_published" + "dien-lai/?v=1", "chief", sees=".screen"),
    Screen("organise-live-replay", "reveal", LIVE % "live_published" + "dien-lai/?v={live_reveal}", "chief",
           sees=".screen [data-right]"),
    Screen("organise-live-replay", "end", LIVE % "live_corrected" + "dien-lai/", "chief", sees=".screen__board"),
    Screen("organise-live-replay", "draft", LIVE % "live_draft" + "dien-lai/", "chief", sees=".empty"),
    Screen("live-result", "published", "/phong/{live_published}/ket-qua/"),
    Screen("live-result", "under-review", "/phong/{live_corrected}/ket-qua/", sees=".notice--warning"),
    Screen("live-result", "not-yet", "/phong/{live_lobby}/ket-qua/", status=404),
    Screen("curate", "desk-of-a-writer", "/bien-tap/", "writer"),
    Screen("curate", "desk-of-an-approver", "/bien-tap/", "approver"),
    Screen("curate", "nobody", "/bien-tap/", "nobody", status=403),
    Screen("curate-questions", "list", "/bien-tap/cau-hoi/", "writer"),
    Screen("curate-questions", "nothing-found", "/bien-tap/cau-hoi/?words=khongcogiodau", "writer"),
    Screen("curate-new", "blank", "/bien-tap/cau-hoi/moi/", "writer"),
    Screen("curate-new", "errors", "/bien-tap/cau-hoi/moi/", "writer", then=press("form [value=save]"), sees=INVALID),
    Screen("curate-new", "preview", "/bien-tap/cau-hoi/moi/", "writer", then=press("form [value=preview]")),
    *(Screen("curate-version", state, VERSION % f"v_{state}", "writer")
      for state in ("unfinished", "ready", "in_review", "returned", "retired")),
    *(Screen("curate-version", f"approved-{kind}", VERSION % f"kind_{kind}", "approver")
      for kind in ("single", "multi", "truefalse", "fill", "order", "match")),
    Screen("curate-version", "to-approve", "/bien-tap/phien-ban/{v_in_review}/", "approver"),
    Screen("curate-version", "return-without-remark", "/bien-tap/phien-ban/{v_in_review}/", "approver",
           then=press("[value=return]"), sees=".notice--error"),
    *(Screen("curate-edit", state, VERSION % f"v_{state}" + "sua/", "writer")
      for state in ("unfinished", "ready")),
    Screen("curate-version", "with-media", "/bien-tap/phien-ban/{v_illustrated}/", "writer", sees=".media"),
    Screen("curate-media", "both", "/bien-tap/phien-ban/{v_illustrated}/tep/", "writer", sees=".media"),
    Screen("curate-media", "none", "/bien-tap/phien-ban/{v_ready}/tep/", "writer"),
    Screen("curate-media", "errors", "/bien-tap/phien-ban/{v_ready}/tep/", "writer",
           then=press("form [value=save]"), sees=INVALID),
    Screen("offline", "page", "/ngoai-tuyen/"),
    Screen("error", "400-too-many-fields", "/dang-nhap/", then=send_too_many_fields, sees=ERRAND),
    Screen("error", "403-csrf", "/dang-nhap/", then=lose_the_token, sees=ERRAND),
    Screen("error", "404", "/khong-co-trang-nay/", status=404),
    Screen("error", "404-staff", "/khong-co-trang-nay/", "chief", status=404),
    Screen("error", "405", "/vong/{live}/vao-thi/", status=405),
    Screen("error", "413", "/dang-nhap/", then=send_too_much, sees=ERRAND),
    Screen("error", "500", "/", then=show("page_500", 500), sees=ERRAND),
    Screen("error", "503", "/", then=show("page_503", 503), sees=ERRAND),
]  # fmt: skip
# Names of lines that stand for no address.
NO_ADDRESS = {"error"}
