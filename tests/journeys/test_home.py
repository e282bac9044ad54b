"""The first page a newcomer sees, on a phone and without script."""


def test_home_greets_in_vietnamese_and_axe_finds_nothing_serious(phone, axe):
    answer = phone.goto("/")

    assert answer.status == 200
    assert phone.locator("html").get_attribute("lang") == "vi"
    assert phone.locator("h1").count() == 1
    assert axe(phone) == []


def test_home_is_whole_without_script(new_device):
    page = new_device(java_script_enabled=False).new_page()

    assert page.goto("/").status == 200
    assert page.locator("main").is_visible()
