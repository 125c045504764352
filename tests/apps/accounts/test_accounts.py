import re

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.urls import reverse
from tests.apps.accounts.counting_hasher import CountingHasher

from yanzhen.apps.accounts.attempts import LIMIT
from yanzhen.apps.accounts.enums import Role
from yanzhen.apps.accounts.models import EnterpriseLink, User
from yanzhen.apps.accounts.rules import MAY, PUBLIC
from yanzhen.apps.accounts.services import DEMO_ACCOUNTS, DEMO_PASSWORD, make_demo_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_failures_yet():
    cache.clear()


def _demo(usccs=("A", "B")):
    return make_demo_accounts(unit="u", community="c", grid="g", usccs=list(usccs))


def test_demo_accounts_cover_every_role():
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role)


def test_make_demo_accounts_twice_changes_nothing():
    _demo()
    before = list(User.objects.order_by("pk").values_list("pk", "username", "password"))

    _demo()

    assert list(User.objects.order_by("pk").values_list("pk", "username", "password")) == before
    assert EnterpriseLink.objects.count() == 3


def test_owner_acts_for_the_first_enterprise_and_the_finance_officer_for_all():
    _demo()

    assert User.objects.get(username="owner").enterprise_usccs() == ["A"]
    assert User.objects.get(username="finance").enterprise_usccs() == ["A", "B"]


def test_system_security_and_audit_administrators_are_kept_apart():
    readers = {role for role, may in MAY.items() if "journal.read" in may}

    assert readers == {Role.AUDIT}
    assert not MAY[Role.SECURITY] & {"city.read", "data.load", "journal.read"}


def test_an_inactive_account_may_nothing():
    user = User(username="x", role=Role.ANALYST, is_active=False)

    assert not user.may("policy.run")


def test_every_role_may_what_the_public_may():
    assert all(may >= PUBLIC for may in MAY.values())


def test_sign_in_with_the_right_password_goes_where_one_wanted(client):
    _demo()

    answer = client.post(
        reverse("accounts:sign_in"),
        {"username": "owner", "password": DEMO_PASSWORD, "next": "/my/facts/"},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/my/facts/")


def test_sign_in_never_redirects_to_another_host(client):
    _demo()

    answer = client.post(
        reverse("accounts:sign_in"),
        {"username": "owner", "password": DEMO_PASSWORD, "next": "https://evil.example/"},
    )

    assert answer["Location"] == "/"


def test_sign_in_with_a_wrong_password_says_so_and_stays(client):
    _demo()

    answer = client.post(reverse("accounts:sign_in"), {"username": "owner", "password": "no"})

    assert answer.status_code == 422
    assert "账号或密码不对" in answer.content.decode()


def test_demo_accounts_are_offered_only_in_a_demonstration(client, settings):
    hidden = client.get(reverse("accounts:sign_in")).content.decode()
    settings.YANZHEN_DEMO = True

    shown = client.get(reverse("accounts:sign_in")).content.decode()

    assert DEMO_PASSWORD not in hidden
    assert DEMO_PASSWORD in shown


def test_language_and_elder_mode_are_kept_in_cookies(client):
    english = client.post(reverse("language"), {"language": "en", "next": "/policies/"})
    elder = client.post(reverse("elder"), {"elder": "1", "next": "//evil.example"})

    assert english.cookies["django_language"].value == "en"
    assert (elder.cookies["elder"].value, elder["Location"]) == ("1", "/")


def test_an_unknown_language_changes_nothing(client):
    answer = client.post(reverse("language"), {"language": "xx"})

    assert "django_language" not in answer.cookies


def _try(client, username, password, address="127.0.0.1"):
    return client.post(
        reverse("accounts:sign_in"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
    )


def test_after_five_failures_even_the_right_password_must_wait(client):
    _demo()
    failures = [_try(client, "owner", "no") for _ in range(LIMIT)]

    locked = _try(client, "owner", DEMO_PASSWORD)

    assert all("账号或密码不对" in answer.content.decode() for answer in failures)
    assert locked.status_code == 422
    assert "请 15 分钟后再试" in locked.content.decode()


def test_a_lock_holds_for_one_account_at_one_address(client):
    _demo()
    for _ in range(LIMIT):
        _try(client, "owner", "no")

    other_account = _try(client, "analyst", DEMO_PASSWORD)
    other_address = _try(client, "owner", DEMO_PASSWORD, address="127.0.0.2")

    assert (other_account.status_code, other_address.status_code) == (302, 302)


def test_a_right_password_forgets_the_failures_before_it(client):
    _demo()
    for _ in range(2):
        for _ in range(LIMIT - 1):
            _try(client, "owner", "no")
        answer = _try(client, "owner", DEMO_PASSWORD)

    assert answer.status_code == 302


def test_an_account_that_does_not_exist_is_answered_and_locked_like_any_other(client):
    _demo()
    token = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')

    known = [token.sub("", _try(client, "owner", "no").content.decode()) for _ in range(6)]
    unknown = [token.sub("", _try(client, "nobody", "no").content.decode()) for _ in range(6)]

    assert [text.replace("owner", "nobody") for text in known] == unknown


def test_an_unknown_account_is_hashed_like_a_known_one(rf, settings):
    settings.PASSWORD_HASHERS = ["tests.apps.accounts.counting_hasher.CountingHasher"]
    _demo()
    before = CountingHasher.hashed

    authenticate(rf.post("/"), username="owner", password="no")
    known = CountingHasher.hashed - before
    authenticate(rf.post("/"), username="nobody", password="no")
    unknown = CountingHasher.hashed - before - known

    assert known == unknown == 1


def test_signing_in_changes_the_session_and_signing_out_ends_it(client):
    _demo()
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["before"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    old = session.session_key

    _try(client, "owner", DEMO_PASSWORD)
    new = client.cookies["sessionid"].value
    client.post(reverse("accounts:sign_out"))

    assert new != old
    assert not client.session.exists(old)
    assert not client.session.exists(new)
