"""Five pages as two personas: proof that a demonstration works (自检)."""

import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from rich.console import Console

from yanzhen.apps.accounts.services import DEMO_PASSWORD

OUT = Console(stderr=True, highlight=False)
PAGES = (
    ("", "/policies/", "惠企政策"),
    ("owner", "/my/policies/", "可享受"),
    ("owner", "/my/facts/", "企业档案"),
    ("analyst", "/workshop/", "政策工坊"),
    ("analyst", "/enterprises/", "企业"),
)


def visit(port: int) -> int:
    """Ask for the five pages; 0 if each answers 200 with the words it must show, else 1."""
    base = f"http://127.0.0.1:{port}"
    browsers: dict[str, OpenerDirector] = {}
    wrong = 0
    for username, path, words in PAGES:
        if username not in browsers:
            browsers[username] = _browser(base, username)
        status, text = _get(browsers[username], base + path)
        fine = status == 200 and words in text  # noqa: PLR2004 -- OK
        wrong += not fine
        OUT.print(f"{'ok ' if fine else 'BAD'} {status} {username or 'visitor':<8} {path}")
    return 1 if wrong else 0


def _browser(base: str, username: str) -> OpenerDirector:
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    if username:
        _, page = _get(opener, f"{base}/account/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {
            "csrfmiddlewaretoken": token.group(1) if token else "",
            "username": username,
            "password": DEMO_PASSWORD,
        }
        opener.open(f"{base}/account/sign-in/", urlencode(form).encode()).close()
    return opener


def _get(opener: OpenerDirector, url: str) -> tuple[int, str]:
    try:
        with opener.open(url) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, ""
