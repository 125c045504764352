"""Decisions for a whole population at once: rules as columns (列式执行).

::

    plan = compile_plan(book, ["sme_size", "kecheng-2023/k1a"])     # plan.refused says what is not
    frame = Frame.from_parquet(path, plan.facts.values())
    result = run(plan, frame)                                       # verdicts, fen, values

``agree.compare`` puts chosen rows through the interpreter as well and lists what differs.
"""
