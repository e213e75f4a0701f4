-- Start 2, where the definition is not queries.definition(): forget the cache (the schema file then makes it anew).
-- grain: the table rollup.runs
drop table if exists rollup.runs
