"""The search index, and the rule that nobody is in two grids on one day.

Both are beyond what models can say, and differ between databases.
"""

from django.db import migrations

SQLITE_UP = (
    """CREATE VIRTUAL TABLE enterprises_search USING fts5(
           body, tokenize = "unicode61 remove_diacritics 0"
       )""",
    """CREATE TRIGGER enterprises_search_gone AFTER DELETE ON enterprises_enterprise
       BEGIN DELETE FROM enterprises_search WHERE rowid = OLD.id; END""",
    """CREATE TRIGGER grid_membership_one_grid BEFORE INSERT ON enterprises_gridmembership
       WHEN EXISTS (
           SELECT 1 FROM enterprises_gridmembership AS other
           WHERE other.enterprise_id = NEW.enterprise_id
             AND other.start <= COALESCE(NEW."end", '9999-12-31')
             AND COALESCE(other."end", '9999-12-31') >= NEW.start
       )
       BEGIN SELECT RAISE(ABORT, 'grid_membership_one_grid'); END""",
    """CREATE TRIGGER grid_membership_still_one_grid
       BEFORE UPDATE OF start, "end", enterprise_id ON enterprises_gridmembership
       WHEN EXISTS (
           SELECT 1 FROM enterprises_gridmembership AS other
           WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
             AND other.start <= COALESCE(NEW."end", '9999-12-31')
             AND COALESCE(other."end", '9999-12-31') >= NEW.start
       )
       BEGIN SELECT RAISE(ABORT, 'grid_membership_one_grid'); END""",
)
SQLITE_DOWN = (
    "DROP TRIGGER grid_membership_still_one_grid",
    "DROP TRIGGER grid_membership_one_grid",
    "DROP TRIGGER enterprises_search_gone",
    "DROP TABLE enterprises_search",
)
POSTGRESQL_UP = (
    """CREATE TABLE enterprises_search (
           id bigint PRIMARY KEY REFERENCES enterprises_enterprise (id)
               ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
           body text NOT NULL,
           words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED
       )""",
    "CREATE INDEX enterprises_search_words ON enterprises_search USING gin (words)",
    # an exclusion constraint would say the same and cost four times as much on a whole register;
    # writers hold the registry's lock, so a trigger sees everything it must
    """CREATE FUNCTION grid_membership_one_grid() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
           IF EXISTS (
               SELECT 1 FROM enterprises_gridmembership AS other
               WHERE other.enterprise_id = NEW.enterprise_id AND other.id <> NEW.id
                 AND other.start <= COALESCE(NEW."end", 'infinity')
                 AND COALESCE(other."end", 'infinity') >= NEW.start
           ) THEN
               RAISE EXCEPTION 'grid_membership_one_grid' USING ERRCODE = 'exclusion_violation';
           END IF;
           RETURN NEW;
       END $$""",
    """CREATE TRIGGER grid_membership_one_grid BEFORE INSERT OR UPDATE
       ON enterprises_gridmembership
       FOR EACH ROW EXECUTE FUNCTION grid_membership_one_grid()""",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER grid_membership_one_grid ON enterprises_gridmembership",
    "DROP FUNCTION grid_membership_one_grid()",
    "DROP TABLE enterprises_search",
)


def up(_apps, editor):
    for statement in POSTGRESQL_UP if editor.connection.vendor == "postgresql" else SQLITE_UP:
        editor.execute(statement)


def down(_apps, editor):
    for statement in POSTGRESQL_DOWN if editor.connection.vendor == "postgresql" else SQLITE_DOWN:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial")]

    operations = [migrations.RunPython(up, down)]
