import pytest

from yanzhen.kernel.errors import PackError
from yanzhen.packs.examples import run_examples
from yanzhen.packs.new import new_city
from yanzhen.packs.reader import read_city


def test_a_new_city_is_valid_and_its_examples_hold(tmp_path):
    written = new_city(tmp_path / "city", "my-city", "我的市", "123400")

    city = read_city(tmp_path / "city")
    assert (city.id, city.label.zh, city.label.en, city.code) == (
        "my-city",
        "我的市",
        "My City",
        "123400",
    )
    assert all(result.holds for result in run_examples(city))
    assert tmp_path / "city" / "policies" / "first_listing" / "policy.yaml" in written


@pytest.mark.parametrize("name", ["true", "Null", "on", "1.5", "012", "O'Hare", "A: {B} # C"])
def test_any_name_becomes_valid_yaml(name, tmp_path):
    new_city(tmp_path / "city", "x", "某市", "123400", en=name)

    assert read_city(tmp_path / "city").label.en == name


def test_a_folder_with_files_in_it_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(PackError, match="not empty"):
        new_city(tmp_path, "x", "某市", "123400")

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("city_id", "name", "code"),
    [
        ("X", "某市", "123400"),
        ("x", '某"市', "123400"),
        ("x", "某市", "123456"),
        ("x", "", "123400"),
    ],
)
def test_words_that_do_not_fit_are_refused_before_anything_is_written(
    city_id, name, code, tmp_path
):
    with pytest.raises(PackError) as raised:
        new_city(tmp_path / "city", city_id, name, code)

    assert raised.value.faults[0].mend
    assert not (tmp_path / "city").exists()
