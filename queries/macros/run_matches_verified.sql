-- macros.run_matches_verified: whether a run was checked as wanted: a result, 'checked' for any, 'none' for not checked.
-- grain: one boolean per run
create or replace macro macros.run_matches_verified(wanted, verified) as
case
    when wanted::varchar is null then true
    when wanted::varchar = 'checked' then verified is not null
    when wanted::varchar = 'none' then verified is null
    else coalesce(verified = wanted::varchar, false)
end
