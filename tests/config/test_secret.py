from yanzhen.config.secret import secret_key


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "home" / "key"

    first, again = secret_key(path), secret_key(path)

    assert first == again
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_kill_while_it_was_written_leaves_nothing_in_the_way(tmp_path):
    path = tmp_path / "key"
    path.with_suffix(".part").touch()

    assert len(secret_key(path)) > 50
