-- marts.finished_by: sums of marts.finished per bucket of time and value of one dimension: what unit costs are made of.
-- grain: one row per period (is_this), bucket and value; none for model, tool and kind of cost, which no outcome has
-- Unit costs rest on outcomes that are priced in full (priced_*), in both their parts: what nobody knows the cost of must
-- not count as free. declared: declared success, checked or not. Squares and products carry the intervals, over outcomes, so
-- that runs which serve one outcome count together. valued: verified and of known value.
create or replace macro marts.finished_by(
    dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
select
    is_this,
    case bucket::varchar when 'day' then day when 'week' then week_start end as bucket_start,
    case dimension::varchar
        when 'workflow' then workflow
        when 'outcome' then outcome
        when 'agent' then agent
        when 'agent_version' then agent_version
        when 'prompt_version' then prompt_version
        when 'team' then team
        when 'tenant' then tenant
    end as value,
    count(*) as outcomes,
    count(*) filter (where is_closed) as closed,
    count(*) filter (where is_checked) as checked,
    count(*) filter (where declared = 'success') as declared,
    count(*) filter (where is_verified_completion) as verified,
    count(*) filter (where is_priced) as priced_outcomes,
    sum(cost_usd) filter (where is_priced) as priced_cost_usd,
    coalesce(sum(cost_usd::double * cost_usd::double) filter (where is_priced), 0) as priced_cost_squares,
    count(*) filter (where is_priced and declared = 'success') as priced_declared,
    count(*) filter (where is_priced and is_verified_completion) as priced_verified,
    coalesce(sum(cost_usd::double) filter (where is_priced and declared = 'success'), 0) as cost_of_declared,
    coalesce(sum(cost_usd::double) filter (where is_priced and is_verified_completion), 0) as cost_of_verified,
    count(value_usd) filter (where is_verified_completion) as valued,
    sum(value_usd) filter (where is_verified_completion) as value_usd,
    sum(cost_usd) as outcomes_cost_usd
from marts.finished(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
where coalesce(dimension::varchar not in ('model', 'tool', 'kind'), true)
group by all
