"""Every screen at phone and desk width: shown, accessible, light, and pictured for the manual."""

import gzip
import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PHONE, DESK = 390, 1440
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
SCREENS = {
    "e0-catalogue": ("", "/policies/", "惠企政策"),
    "e0-search": ("", "/policies/?q=研发", "研发"),
    "e0-policy": ("", "/policies/kecheng-2023/", "条件"),
    "e2-policies": ("owner", "/my/policies/", "可享受"),
    "e2-clause": ("owner", "first verdict", "依据与办理"),
    "e7-facts": ("owner", "/my/facts/", "企业档案"),
    "s3-verdict": ("analyst", "first reason", "逐条判断"),
    "s3-enterprise": ("analyst", "first enterprise", "沿革"),
    "s5-enterprises": ("analyst", "/enterprises/", "示意图（非地图）"),
    "s7-workshop": ("analyst", "/workshop/", "政策工坊"),
    "s7-clause": ("analyst", "first clause", "按区县"),
    "s7-decision": ("analyst", "/workshop/decisions/size_grade_first/", "命中策略"),
    "s7-runs": ("analyst", "/workshop/runs/", "全员计算记录"),
    "s7-run": ("analyst", "first run", "结果摘要"),
    "a2-data": ("analyst", "/data/", "24 个来源数据集"),
    "a3-city": ("system", "/city/", "检查通过"),
    "sign-in": ("", "/account/sign-in/", "演示账号"),
}
FIRST = {
    "first verdict": ("/my/policies/", "main section h3 a"),
    "first enterprise": ("/enterprises/?q=特钢", "#rows tbody a"),
    "first reason": ("/enterprises/?q=特钢", "#rows tbody a", "#verdicts tbody a"),
    "first clause": ("/workshop/", "#rows tbody a"),
    "first run": ("/workshop/runs/", "tbody a"),
}


def _open(visit, name, width):
    persona, path, words = SCREENS[name]
    if path in FIRST:
        start, *links = FIRST[path]
        page = visit(start, persona=persona, width=width)
        for link in links:
            page.locator(link).first.click()
            page.wait_for_load_state()
    else:
        page = visit(path, persona=persona, width=width)
    return page, words


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name, width, visit, root):
    """The screen shows its words, axe finds nothing, nothing sticks out sideways."""
    page, words = _open(visit, name, width)

    assert words in page.inner_text("body")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=AXE).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found] == []
    folder = root / "docs" / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}-{width}.png")


@pytest.mark.parametrize("name", ["e0-catalogue", "e2-policies", "e2-clause", "e7-facts"])
def test_phone_page_is_light(name, visit, site):
    """At most 60 kB of HTML and CSS and 40 kB of script, compressed."""
    page, _ = _open(visit, name, PHONE)
    html = gzip.compress(page.content().encode())
    assets = {"css": 0, "js": 0}

    for address in re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', page.content()):
        kind = address.rsplit(".", 1)[1]
        with urlopen(site + address) as answer:
            assets[kind] += len(gzip.compress(answer.read()))

    assert len(html) + assets["css"] <= 60_000
    assert assets["js"] <= 40_000


@pytest.mark.parametrize("name", ["e0-search", "e2-policies", "e2-clause", "s7-workshop"])
def test_screen_works_without_script(name, visit):
    """Everything that matters is in the page itself."""
    persona, path, words = SCREENS[name]
    if path in FIRST:
        start, *links = FIRST[path]
        page = visit(start, persona=persona, script=False)
        for link in links:
            page.locator(link).first.click()
    else:
        page = visit(path, persona=persona, script=False)

    assert words in page.inner_text("body")


def test_pages_carry_a_content_security_policy(site):
    """No inline script, no other host."""
    with urlopen(f"{site}/policies/") as answer:
        policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_elder_mode_makes_targets_of_sixty_pixels(visit, site):
    """长者版: text of at least 18 px and targets of at least 60."""
    page = visit("/policies/")
    page.context.add_cookies([{"name": "elder", "value": "1", "url": site}])
    page.reload()

    box = page.locator("main .btn").first.bounding_box()

    assert box["height"] >= 60
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(size.removesuffix("px")) >= 18


def test_analyst_runs_everything_on_everyone(visit):
    """From a click to the result, with progress in between."""
    page = visit("/workshop/runs/", persona="analyst", width=DESK)

    page.click("text=现在计算全部条款")
    page.wait_for_selector("text=已完成", timeout=120_000)

    assert "结果摘要" in page.inner_text("main")


def test_analyst_exports_a_list_that_is_ready_to_send(visit):
    """The workbook carries the report's name."""
    page = visit("/enterprises/?kind=农民专业合作社", persona="analyst", width=DESK)

    with page.expect_download() as caught:
        page.click("main a:has-text('导出')")

    assert "企业名单" in caught.value.suggested_filename


def test_owner_goes_from_a_verdict_to_the_reasons_and_the_missing_facts(visit):
    """Journey of a firm: what may I have, why, and who holds what is missing."""
    page = visit("/my/policies/", persona="owner")

    page.locator("main section h3 a").first.click()
    page.wait_for_load_state()
    reasons = page.inner_text("main")
    page.click("text=企业档案 >> nth=-1")
    page.wait_for_load_state()

    assert "怎么拿" in reasons
    assert "截至" in reasons
    assert "政府部门已掌握您" in page.inner_text("main")


def test_visitor_turns_on_elder_mode_and_sees_its_state(visit):
    """Journey of a visitor: the entry is on the first view, without an account."""
    page = visit("/policies/")

    page.click("button:has-text('长者版')")
    page.wait_for_load_state()

    assert page.locator("button[name=elder]").get_attribute("aria-pressed") == "true"
    assert page.evaluate("'elder' in document.documentElement.dataset")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_slash_goes_to_the_search_field(visit):
    """Staff search without reaching for the mouse."""
    page = visit("/enterprises/", persona="analyst", width=DESK)

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "q"


def test_leader_sees_the_runs_and_is_not_offered_to_start_one(visit):
    """What a person may not do is not offered."""
    page = visit("/workshop/runs/", persona="leader", width=DESK)

    assert "全员计算记录" in page.inner_text("main")
    assert page.locator("text=现在计算全部条款").count() == 0
