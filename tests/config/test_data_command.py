"""``yanzhen data load``, ``snapshot``, ``worker`` and ``journal verify``: words and exit codes."""

import os
import subprocess
import sys

from tests.sample_site import DAY

from yanzhen.apps.facts.models import DataLoad
from yanzhen.apps.journal.models import Entry

HEADINGS = "统一社会信用代码,企业名称,严重失信\n"


def _credit_list(tmp_path, *rows):
    file = tmp_path / "credit.csv"
    file.write_text(HEADINGS + "".join(rows), encoding="utf-8-sig")
    return file


def test_load_counts_rows_and_gives_back_those_with_errors(yanzhen, site, tmp_path):
    good = f"{site.usccs[2]},样例市样例门业有限公司,是\n"
    file = _credit_list(tmp_path, good, f"{site.usccs[3]},样例市样例电器有限公司,也许\n")

    done = yanzhen("data", "load", "credit_list", file, "--as-of", "2026-11-21")

    assert done.exit_code == 0
    assert "credit_list: 2 rows, 1 accepted, 1 given back, 1 linked" in done.stdout
    assert "rows with errors: " in done.stdout


def test_loading_the_same_file_again_changes_nothing(yanzhen, site, tmp_path):
    file = _credit_list(tmp_path, f"{site.usccs[2]},样例市样例门业有限公司,是\n")
    arguments = ("data", "load", "credit_list", file, "--as-of", "2026-11-21")
    first = yanzhen(*arguments)
    loads = DataLoad.objects.count()

    second = yanzhen(*arguments)

    assert (second.exit_code, second.stdout) == (0, first.stdout)
    assert DataLoad.objects.count() == loads


def test_an_unknown_data_set_exits_1(yanzhen, site, tmp_path):
    done = yanzhen("data", "load", "nothing", _credit_list(tmp_path), "--as-of", "2026-11-21")

    assert done.exit_code == 1
    assert "nothing" in done.stderr


def test_snapshot_twice_gives_the_same_hash(yanzhen, site):
    first, second = (yanzhen("snapshot", "--day", DAY) for _ in range(2))

    assert first.exit_code == 0
    assert first.stdout == second.stdout
    assert site.snapshot.hash in first.stdout


def test_snapshot_of_nobody_exits_1_and_says_what_to_do(yanzhen, db):
    done = yanzhen("snapshot")

    assert done.exit_code == 1
    assert "请先接收市场主体登记" in done.stderr


def test_verify_exits_0_where_the_chain_holds(yanzhen, site):
    done = yanzhen("journal", "verify")

    assert done.exit_code == 0
    assert done.stdout == f"{Entry.objects.count()} lines, 0 broken\n"


def test_verify_names_a_line_that_does_not_follow_and_exits_1(yanzhen, site):
    last = Entry.objects.order_by("-pk").first()
    stray = Entry.objects.create(
        at=last.at, actor_label="系统", action="test.forged", subject_kind="x", subject_id="1",
        previous="f" * 64, digest="e" * 64,
    )  # fmt: skip

    done = yanzhen("journal", "verify")

    assert done.exit_code == 1
    assert f"line {stray.pk}: " in done.stdout
    assert done.stdout.endswith(" 1 broken\n")


def _run(home, *arguments):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANZHEN_")}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=kept | {"YANZHEN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yanzhen.config.settings"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_worker_ends_with_an_empty_queue_and_says_so_where_there_are_no_tables(tmp_path):
    before = _run(tmp_path, "yanzhen.config", "worker", "--batch")
    made = _run(tmp_path, "django", "migrate", "--verbosity", "0")
    after = _run(tmp_path, "yanzhen.config", "worker", "--batch", "--quiet")

    assert before.returncode == 1
    assert "lacks tables" in before.stderr
    assert (made.returncode, after.returncode) == (0, 0), made.stderr + after.stderr
    assert after.stdout + after.stderr == ""
