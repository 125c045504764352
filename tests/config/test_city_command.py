"""``yanzhen city check|test|diff|new``: what they say and how they exit."""

import shutil

import pytest


@pytest.fixture
def sample(root):
    return root / "cities" / "sample"


@pytest.fixture
def own(sample, tmp_path):
    """A copy of the sample city that a test may spoil."""
    return shutil.copytree(sample, tmp_path / "own")


def _replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_of_a_sound_folder_exits_0_and_counts_what_it_holds(yanzhen, sample):
    done = yanzhen("city", "check", sample)

    assert done.exit_code == 0
    assert "no faults" in done.stdout


def test_check_names_every_fault_with_file_and_line_and_exits_1(yanzhen, own):
    _replace(own / "facts" / "business.yaml", "dataset: tax_annual", "dataset: nothing")
    _replace(own / "policies" / "listing" / "policy.yaml", "when: 规上", "when: 规上上")

    done = yanzhen("city", "check", own)

    assert done.exit_code == 1
    assert "facts/business.yaml:" in done.stdout
    assert "policies/listing/policy.yaml:" in done.stdout
    assert "fault(s)" in done.stderr


def test_test_exits_0_where_every_example_holds(yanzhen, sample):
    done = yanzhen("city", "test", sample, "--verbose")

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].endswith("passed, 0 failed")
    assert "ok   policies/listing/examples.yaml:" in done.stdout


def test_test_names_the_example_that_does_not_hold_and_exits_1(yanzhen, own):
    _replace(own / "policies" / "listing" / "examples.yaml", 'amount: "120000"', 'amount: "1"')

    done = yanzhen("city", "test", own)

    assert done.exit_code == 1
    assert "FAIL policies/listing/examples.yaml:" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(" 1 failed")


def test_commands_that_need_a_sound_folder_list_its_faults_instead(yanzhen, own, sample):
    _replace(own / "facts" / "business.yaml", "dataset: tax_annual", "dataset: nothing")

    for done in (yanzhen("city", "test", own), yanzhen("city", "diff", sample, own)):
        assert done.exit_code == 1
        assert "facts/business.yaml:" in done.stderr


def test_diff_says_in_words_what_changed(yanzhen, own, sample):
    same = yanzhen("city", "diff", sample, own)
    _replace(own / "policies" / "listing" / "policy.yaml", "amount: 12 * 万", "amount: 15 * 万")

    other = yanzhen("city", "diff", sample, own)

    assert (same.exit_code, same.stdout) == (0, "no difference\n")
    assert other.exit_code == 0
    assert len(other.stdout.splitlines()) >= 1
    assert "no difference" not in other.stdout


def test_new_begins_a_folder_that_is_sound(yanzhen, tmp_path):
    folder = tmp_path / "lakeside"
    options = ("--id", "lakeside", "--name", "湖滨市", "--code", "339900")

    made = yanzhen("city", "new", folder, *options)
    again = yanzhen("city", "new", folder, *options)

    assert made.exit_code == 0
    assert yanzhen("city", "check", folder).exit_code == 0
    assert yanzhen("city", "test", folder).exit_code == 0
    assert again.exit_code == 1
    assert "Error: " in again.stderr


def test_a_folder_that_is_not_there_is_a_usage_error(yanzhen, tmp_path):
    assert yanzhen("city", "check", tmp_path / "nowhere").exit_code == 2
