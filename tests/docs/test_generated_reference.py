"""The generated parts of the reference say what the program says today."""


def test_generated_parts_are_what_the_program_says(reference):
    stale = [
        page.name
        for page in reference.pages()
        if reference.renew(page.read_text(encoding="utf-8")) != page.read_text(encoding="utf-8")
    ]

    assert stale == [], "write them anew: .venv/bin/python docs/ext/reference.py"


def test_every_generated_part_stands_on_a_page(reference):
    found = {
        match["name"]
        for page in reference.pages()
        for match in reference.PART.finditer(page.read_text(encoding="utf-8"))
    }

    assert found == set(reference.PARTS)


def test_renewing_writes_between_the_marks_and_nowhere_else(reference):
    page = "# Roles\n\nbefore\n\n<!-- generated: roles -->\nold\n<!-- end generated -->\n\nafter\n"

    renewed = reference.renew(page)

    assert renewed.startswith("# Roles\n\nbefore\n\n<!-- generated: roles -->\n\n| role | 中文 |")
    assert renewed.endswith("<!-- end generated -->\n\nafter\n")
    assert "old" not in renewed
    assert reference.renew(renewed) == renewed
