"""The names of all built-in functions (DMN 1.5, 10.3.4); the parser must know them.

They stand apart from the functions so that the parser does not depend on those.
"""

BUILTIN_NAMES = frozenset(
    {
        "abs", "after", "all", "any", "append", "before", "ceiling", "coincides", "concatenate",
        "contains", "context", "context merge", "context put", "count", "date", "date and time",
        "day of week", "day of year", "decimal", "distinct values", "duration", "during",
        "ends with", "even", "exp", "finished by", "finishes", "flatten", "floor", "get entries",
        "get value", "includes", "index of", "insert before", "is", "list contains",
        "list replace", "log", "lower case", "matches", "max", "mean", "median", "meets",
        "met by", "min", "mode", "modulo", "month of year", "not", "now", "number", "odd",
        "overlaps", "overlaps after", "overlaps before", "product", "range", "remove", "replace",
        "reverse", "round down", "round half down", "round half up", "round up", "sort", "split",
        "sqrt", "started by", "starts", "starts with", "stddev", "string", "string join",
        "string length", "sublist", "substring", "substring after", "substring before", "sum",
        "time", "today", "union", "upper case", "week of year", "years and months duration",
    }
)  # fmt: skip
