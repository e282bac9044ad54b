"""A question's picture and sound: put in by its author in a browser, seen and heard by an entrant on a phone."""

from playwright.sync_api import expect

from tests.journeys.test_weekly_round import enter, register, submit
from tests.question_bank.formats import files

HEARD = "audio => new Promise(done => audio.readyState ? done(audio.duration) : (audio.onloadedmetadata = "
HEARD += "() => done(audio.duration), audio.onerror = () => done(audio.error.message)))"
SEEN = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"
SOUNDS = {
    "mp3": (files.mp3(40, before=files.id3(b"TIT2")), 1.0),
    "opus": (files.opus(b"TITLE=B", packets=50), 1.0),
    "wav": (files.wav(seconds=1), 1.0),
}


def put_in(page, kind, name, data, alt):
    form = page.locator(f"form:has([name=kind][value={kind}])")
    form.locator("[name=file]").set_input_files({"name": name, "mimeType": "x/y", "buffer": data})
    form.locator("[name=alt]").fill(alt)
    with page.expect_navigation():
        form.locator("[value=save]").click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()


def test_a_picture_and_a_sound_travel_from_the_author_to_the_phone(desktop, phone, live_site, axe):
    place = live_site.stage("tests.journeys.stages_media:draft")
    desktop.goto(f"/dang-nhap/?next=/bien-tap/phien-ban/{place['version']}/")
    desktop.fill("[name=username]", place["writer"])
    desktop.fill("[name=password]", place["password"])
    desktop.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    desktop.get_by_role("link", name="Hình ảnh, âm thanh").click()

    put_in(desktop, "picture", "x.jpg", files.photo(turned=6), "Một lá cờ")
    assert desktop.locator(".media__picture").evaluate(SEEN) == [48, 64]
    for name, (data, seconds) in SOUNDS.items():
        put_in(desktop, "sound", f"x.{name}", data, f"Tiếng còi {name}")
        heard = desktop.locator(".media__sound").evaluate(HEARD)
        assert abs(heard - seconds) < 0.1, (name, heard)
    assert axe(desktop) == []

    live_site.stage("tests.journeys.stages_media:ask", version=place["version"], slug=place["slug"])
    register(phone, place["slug"], "0912345601")
    enter(phone, place["slug"])
    assert phone.locator(".question img").evaluate(SEEN) == [48, 64]
    assert phone.locator(".question audio").evaluate(HEARD) == 1
    assert axe(phone) == []
    phone.locator("#cau-1 input[type=radio]").first.check()
    submit(phone)
    assert phone.locator(".review img").evaluate(SEEN) == [48, 64]
    assert phone.locator(".review audio").evaluate(HEARD) == 1
    assert axe(phone) == []
