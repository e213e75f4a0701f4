-- How the step to blame led to what was found wrong, link by link, with the values that nobody expected.
-- grain: one row per link, in the order of the steps
-- param run_id varchar default null: one run
select *
from marts.causal_chain
where ($run_id::varchar is null or run_id = $run_id::varchar)
order by run_id, place, argument, value
