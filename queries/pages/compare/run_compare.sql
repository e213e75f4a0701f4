-- Passing runs to hold beside a run: of the same workflow and major version, those that changed the same things first.
-- grain: one row per passing run
-- param run_id varchar default null: the run
-- param limit_rows bigint default 5: how many at most
select *
from facts.passing_runs_like($run_id::varchar)
order by likeness_share desc, is_verified desc, seconds_apart, run_id
limit $limit_rows::bigint
