-- What calibration learns from: of each bad run the steps that a signal speaks for, and the one that a person named.
-- grain: one row per step of a bad run that a signal speaks for or a person named
-- param run_id varchar default null: one run
select *
from marts.localization_cases
where ($run_id::varchar is null or run_id = $run_id::varchar)
order by run_id, step_place, step_id
