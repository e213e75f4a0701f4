-- macros.run_matches_status: whether a run belongs to a status as the pages name them; null wants any.
-- grain: one boolean per run
create or replace macro macros.run_matches_status(
    wanted, status_shown, is_completion, is_escalated, is_closed, errors
) as
case
    when wanted::varchar is null then true
    when wanted::varchar = 'completed' then is_completion
    when wanted::varchar = 'escalated' then is_escalated
    when wanted::varchar = 'closed' then is_closed
    when wanted::varchar = 'not_closed' then not is_closed
    when wanted::varchar = 'error' then errors > 0
    else status_shown = wanted::varchar
end
