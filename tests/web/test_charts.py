from yanzhen.web.charts import Bar, bar_chart, share_bar


def test_bar_chart_draws_the_longest_bar_over_the_whole_room():
    drawn = bar_chart([Bar("甲", 4, "4 家"), Bar("乙", 2, "2 家")], title="企业数")

    assert 'width="380.0"' in drawn
    assert 'width="190.0"' in drawn


def test_bar_chart_escapes_what_it_is_given():
    drawn = bar_chart([Bar("<b>", 1, "&")], title='"')

    assert "<b>" not in drawn
    assert "&lt;b&gt;" in drawn
    assert 'aria-label="&quot;"' in drawn


def test_bar_chart_of_nothing_is_an_empty_picture_with_its_title():
    drawn = bar_chart([], title="企业数")

    assert 'aria-label="企业数"' in drawn
    assert "<rect" not in drawn


def test_bar_chart_of_zeros_does_not_divide_by_zero():
    drawn = bar_chart([Bar("甲", 0, "0 家")], title="企业数")

    assert 'class="b1" x="150" y="5" width="0.0"' in drawn


def test_share_bar_divides_the_whole_width():
    drawn = share_bar([("yes", 1), ("no", 3)], title="结论")

    assert 'class="yes" x="0.0" y="0" width="160.0"' in drawn
    assert 'class="no" x="160.0" y="0" width="480.0"' in drawn
