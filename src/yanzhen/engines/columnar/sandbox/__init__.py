"""Two versions of rules over one population: what changes if a rule changes (政策沙盘).

::

    sandbox = Sandbox(book, frame, groups={"county": counties})
    changed = with_threshold(book, "grant/base", "revenue", "2000 * 万", "1500 * 万")
    comparison = sandbox.compare(changed, clauses)
    comparison.total.cost.difference                    # fen
    comparison.clauses["grant/base"].rows("winners")    # rows of the frame
    comparison.by("county")                             # counts and costs by group

``edits`` makes changed books, ``Sandbox.sweep`` compares a whole series of values.
"""
