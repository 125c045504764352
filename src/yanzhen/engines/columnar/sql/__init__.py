"""The column plan as SQL, for populations that outgrow one machine (列式计划的 SQL 形式)."""
