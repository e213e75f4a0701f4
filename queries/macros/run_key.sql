-- macros.run_key: a run's id as a number: found ten times faster in a large rollup; the id itself still decides.
-- grain: one ubigint per run id; the same in every version of DuckDB (md5)
create or replace macro macros.run_key(run_id) as md5_number_lower(run_id)
