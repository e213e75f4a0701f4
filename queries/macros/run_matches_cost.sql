-- macros.run_matches_cost: whether a run is priced as wanted: priced, not_priced, unpriced (calls), usage_missing (calls),
-- unpriced_costs (people's minutes without an amount); null wants any.
-- grain: one boolean per run
create or replace macro macros.run_matches_cost(
    wanted, is_priced, unpriced_calls, usage_missing_calls, unpriced_costs
) as
case wanted::varchar
    when 'priced' then is_priced
    when 'not_priced' then not is_priced
    when 'unpriced' then unpriced_calls > 0
    when 'usage_missing' then usage_missing_calls > 0
    when 'unpriced_costs' then unpriced_costs > 0
    else wanted::varchar is null
end
