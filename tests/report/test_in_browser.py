"""The finished page in a browser: read, sorted, enlarged, explored, drawn upon."""

import csv
import json
import re

import pytest

LOOKS = [(1400, "light"), (1400, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture
def page(browser, results):
    """A function: width, colour scheme → the report in a browser that says nothing and fetches nothing."""
    opened, complaints = [], []

    def open_page(width=1400, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on(
            "request",
            lambda request: (
                request.url.startswith(("file:", "data:", "blob:"))
                or complaints.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((results / "report.html").as_uri())
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_everybody_can_read_the_page(page, width, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    shown = page(width, scheme)
    shown.locator("#explorer").scroll_into_view_if_needed()
    shown.locator("#explorer .bk-Toolbar").wait_for()
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    found = axe.Axe().run(shown).response["violations"]
    assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == []


def test_without_scripts_the_page_is_whole_and_offers_nothing_that_needs_them(page):
    shown = page(scripts=False)
    assert shown.locator("button:visible").count() == 0
    assert shown.locator("#draw").is_hidden() and shown.locator("#explorer").is_hidden()
    assert shown.locator("table.runs tbody tr").first.is_visible()


def test_the_table_of_runs_sorts_and_searches_by_keyboard(page):
    shown = page()
    rows = shown.locator("table.runs tbody tr:visible")
    shown.get_by_role("button", name="test %").press("Enter")
    accuracies = [float(text) for text in rows.locator("td:nth-child(3)").all_inner_texts()]
    assert accuracies == sorted(accuracies, reverse=True)
    shown.get_by_role("button", name="test %").press("Enter")
    accuracies = [float(text) for text in rows.locator("td:nth-child(3)").all_inner_texts()]
    assert accuracies == sorted(accuracies)
    everything = rows.count()
    shown.get_by_label("Show runs with").fill("tanh")
    assert 0 < rows.count() < everything
    assert all("tanh" in text for text in rows.all_inner_texts())
    shown.locator(".abstract a.number").first.click()
    shown.wait_for_function("document.querySelector('#search-runs').value === ''")
    assert rows.count() == everything


def test_a_figure_is_enlarged_and_put_back(page):
    shown = page()
    figure = shown.locator("#figure-2")
    figure.get_by_role("button", name="Enlarge").press("Enter")
    assert shown.locator("dialog svg").is_visible()
    assert figure.locator("svg").count() == 0
    shown.keyboard.press("Escape")
    figure.locator("svg").wait_for()
    figure.get_by_role("button", name="Copy command").click()
    figure.get_by_role("button", name="Copied").wait_for()
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert copied == figure.locator(".remake code").first.inner_text()


def test_the_numbers_behind_a_figure_open_as_a_table(page, results):
    shown = page()
    figure = shown.locator("#question-slope figure").first
    figure.get_by_role("button", name="Numbers").press("Enter")
    file = figure.locator(".remake code").nth(1).inner_text()
    with (results.parent.parent / file).open(newline="") as stream:
        expected = list(csv.reader(stream))
    rows = shown.locator("dialog tr")
    rows.first.wait_for()
    assert rows.count() == len(expected) > 1
    for place in (0, 1, -1):
        assert rows.nth(place).locator("th, td").all_inner_texts() == expected[place]
    shown.keyboard.press("Escape")
    assert shown.locator("dialog table").count() == 0


def test_the_pictures_of_a_variant_are_unpacked_when_they_are_opened(page):
    shown = page()
    before = shown.locator("figure").count()
    one = shown.locator("#gallery details").first
    assert one.locator("figure").count() == 0
    one.locator("summary").click()
    one.locator("figure svg").nth(3).wait_for()
    assert shown.locator("figure").count() == before + 4
    one.get_by_role("button", name="Enlarge").first.click()
    assert shown.locator("dialog svg").is_visible()
    shown.keyboard.press("Escape")
    one.get_by_role("button", name="Copy command").nth(3).click()
    copied = shown.evaluate("navigator.clipboard.readText()")
    assert "/figures/runs/" in copied and "/map.svg" in copied
    one.locator("summary").click()
    one.locator("summary").click()
    assert one.locator("figure").count() == 4


def test_the_gallery_is_unpacked_where_the_reader_comes_near(page):
    shown = page()
    pictures = shown.locator("table.gallery svg")
    assert pictures.count() == 0
    shown.locator("table.gallery").first.scroll_into_view_if_needed()
    pictures.first.wait_for()
    assert pictures.first.get_attribute("aria-label")


def test_answers_are_hidden_until_the_reader_has_guessed(page):
    shown = page()
    button = shown.get_by_role("button", name="Predict first")
    sweep, other = shown.locator("#question-slope"), shown.locator("#question-learning_rate")
    assert sweep.locator(".answer").is_visible() and sweep.locator(".predict").is_hidden()
    button.press("Enter")
    assert shown.locator("table.summary").is_hidden() and sweep.locator(".asked").is_visible()
    assert sweep.locator(".answer").is_hidden() and sweep.locator("figure").first.is_hidden()
    sweep.get_by_role("button", name="higher").press("Enter")
    assert "You said: higher." in (told := sweep.get_by_role("status").inner_text())
    assert "ends at" in told and sweep.locator(".answer").is_visible()
    assert other.locator(".answer").is_hidden()
    button.press("Enter")
    assert other.locator(".answer").is_visible() and sweep.locator(".predict").is_hidden()


def test_contents_follow_the_reader(page):
    shown = page()
    shown.locator("#references").scroll_into_view_if_needed()
    shown.get_by_role("link", name="References").click()
    shown.locator('.contents a[href="#references"][aria-current]').wait_for()
    assert shown.locator("[aria-current]").count() == 1


@pytest.fixture
def explorer(page):
    """The explorer of runs, once its charts are drawn."""
    shown = page()
    section = shown.locator("#explorer")
    section.scroll_into_view_if_needed()
    section.locator(".bk-Toolbar").wait_for()
    return section


def test_any_runs_are_compared_by_keyboard(explorer, results):
    rows = explorer.locator(".picked tbody tr")
    explorer.get_by_role("button", name="Pick none").press("Enter")
    assert rows.count() == 0
    explorer.get_by_label("Find").fill("tanh")
    found = explorer.locator(".choices label:visible")
    assert 0 < found.count() < len(list((results / "runs").iterdir()))
    before = explorer.locator(".charts").screenshot()
    found.first.locator("input").press("Space")
    assert rows.count() == 1
    explorer.page.wait_for_timeout(300)
    assert explorer.locator(".charts").screenshot() != before


def test_the_picked_runs_are_followed_through_their_epochs(explorer, results):
    row = explorer.locator(".picked tbody tr").first
    best = json.loads((results / "pocket.json").read_text())["run"]
    history = (results / "runs" / best / "seed0/history.csv").read_text().splitlines()
    pictures = set()
    slider = explorer.get_by_label("Epoch", exact=True)
    slider.press("Home")
    for line in history[1:]:
        epoch, loss, train, test, *_ = map(float, line.split(","))
        assert explorer.locator(".at output").inner_text() == f"{epoch:.0f}"
        shown = row.locator("td").all_inner_texts()[:3]
        assert list(map(float, shown)) == pytest.approx([loss, train, test], rel=1e-4, abs=0.006)
        pictures.add(row.locator("canvas").first.screenshot())
        slider.press("ArrowRight")
    assert len(pictures) == len(history) - 1


def test_losses_of_different_kinds_share_no_axis(explorer):
    explorer.get_by_role("button", name="Pick none").press("Enter")
    for words in ("squared error", "softmax"):
        explorer.get_by_label("Find").fill(words)
        explorer.locator(".choices label:visible input").first.press("Space")
    kinds = explorer.locator(".kind select")
    told = explorer.locator(".kind output")
    kinds.select_option("squared error")
    assert told.inner_text() == "1 picked with another loss"
    explorer.page.wait_for_timeout(300)
    one = explorer.locator(".charts").screenshot()
    kinds.select_option("categorical cross-entropy")
    assert told.inner_text() == "1 picked with another loss"
    explorer.page.wait_for_timeout(300)
    assert explorer.locator(".charts").screenshot() != one


def test_the_address_keeps_what_is_picked(explorer, page):
    explorer.get_by_role("button", name="Pick none").press("Enter")
    explorer.get_by_label("Find").fill("tanh")
    explorer.locator(".choices label:visible input").first.press("Space")
    explorer.get_by_label("Epoch", exact=True).press("ArrowLeft")
    shown = explorer.locator(".picked tbody").inner_text()
    again = page()
    again.goto("about:blank")
    again.goto(explorer.page.url)
    assert again.locator("#explorer .picked tbody").inner_text() == shown
    assert again.locator("#explorer").evaluate("e => e.getBoundingClientRect().top") < 900


def test_pointing_at_a_line_tells_its_values(explorer):
    mouse, told = explorer.page.mouse, explorer.page.locator(".bk-tooltip-content")
    accuracy = explorer.locator(".bk-Figure").nth(1)
    accuracy.scroll_into_view_if_needed()
    box = accuracy.bounding_box()
    for y in range(0, int(box["height"]), 3):
        mouse.move(box["x"] + 0.6 * box["width"], box["y"] + y)
        explorer.page.wait_for_timeout(20)
        if told.count():
            break
    assert re.search(r"epoch [1-5]: \d+", told.inner_text())


def test_the_best_network_looks_at_drawings_and_test_images(page, results):
    shown = page()
    said = shown.locator(".said")
    assert said.inner_text() == "Nothing drawn yet."
    pocket = json.loads((results / "pocket.json").read_text())
    for i, example in enumerate(pocket["examples"]):
        shown.locator(f'[data-example="{i}"]').press("Enter")
        outputs = [float(text) for text in shown.locator(".outputs span").all_inner_texts()]
        # After a few epochs several outputs may be at their limit together.
        assert outputs[pocket["classes"].index(example["predicted"])] == max(outputs)
        assert said.inner_text().startswith("The network says")
    shown.get_by_role("button", name="Clear").click()
    assert said.inner_text() == "Nothing drawn yet."
    pad = shown.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    shown.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.2 * box["height"])
    shown.mouse.down()
    shown.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.8 * box["height"], steps=5)
    shown.mouse.up()
    assert said.inner_text().startswith("The network says")
