from yanzhen.web.hexmap import Hex, hex_map

CELLS = [Hex("柯城", 0, 0, 50, "330802", False), Hex("江山", 1, 0, 10, "330881", True)]


def test_hex_map_links_each_district_to_its_list():
    drawn = hex_map(CELLS, title="示意图")

    assert 'href="?district=330802"' in drawn
    assert 'href="?district=330881"' in drawn


def test_hex_map_writes_the_count_beside_the_shade():
    drawn = hex_map(CELLS, title="示意图")

    assert 'class="q5"' in drawn
    assert 'class="q1 sel"' in drawn
    assert ">50</text>" in drawn


def test_hex_map_without_districts_is_nothing():
    assert hex_map([], title="示意图") == ""
