"""The columns of each CSV file of a city folder (表格文件的列)."""

from yanzhen.packs.tables import Field, TableSpec

DISTRICTS = TableSpec(
    (
        Field("code", required=True),
        Field("name", required=True),
        Field("kind", required=True, words=("district", "county", "city", "zone")),
        Field("parent", required=True),
        Field("from", "day"),
        Field("until", "day"),
        Field("successor"),
        Field("hex_q", "whole", required=True),
        Field("hex_r", "whole", required=True),
    ),
    key=("code", "from"),
)
TOWNS = TableSpec(
    (
        Field("code", required=True),
        Field("name", required=True),
        Field("district", required=True),
    ),
    key=("code",),
)
COMMUNITIES = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("district", required=True),
        Field("head_unit"),
    ),
    key=("id",),
)
GRIDS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("community", required=True),
        Field("towns", "list"),
        Field("zones", "list"),
        Field("industries", "list"),
        Field("priority", "whole"),
    ),
    key=("id",),
)
SQUADS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("district", required=True),
        Field("lead"),
    ),
    key=("id",),
)
ORGANIZATIONS = TableSpec(
    (
        Field("id", required=True),
        Field("name", required=True),
        Field("short"),
        Field(
            "kind",
            required=True,
            words=(
                "department",
                "government",
                "zone",
                "bank",
                "guarantee",
                "operator",
                "platform",
            ),
        ),
        Field("parent"),
        Field("district"),
        Field("uscc"),
    ),
    key=("id",),
)
CALENDAR = TableSpec(
    (
        Field("date", "day", required=True),
        Field("kind", required=True, words=("off", "work")),
        Field("name"),
        Field("known_from", "day", required=True),
        Field("source", required=True),
    ),
    key=("date", "known_from"),
)
GLOSSARY = TableSpec(
    (
        Field("zh", required=True),
        Field("en", required=True),
        Field("meaning", required=True),
        Field("source"),
    ),
    key=("zh",),
)
