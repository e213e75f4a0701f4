-- Start 2, where the definition is not queries.definition(): forget the cached runs (the schema file makes the table anew).
-- grain: the table rollup.runs
drop table if exists rollup.runs
