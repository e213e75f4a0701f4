-- What each run spent in vain, by kind, with the steps that say so.
-- grain: one row per run and kind
-- Worked out by the collector after the run itself (queries/write/analyse_*waste*.sql). kind, in the order in which a dollar that
-- several kinds claim is given to one of them:
--   loop     the same tool call, or a cycle of up to four, three times or more in a row without a new result: from the first
--            repetition on, with the model calls that asked for it (or their share, where they asked for more)
--   repeat   an identical tool call (same tool, same arguments) whose forerunner had succeeded, with no write known in between
--            and no other result, with what asked for it
--   retry    a failed call that was made again, with what asked for the failed one where somebody had to ask again
--   lost     in a run that failed or was cancelled: what came after its last error that nothing made good, or after a ceiling
--            had said stop
--   resent   input that the agent's previous call had sent to the same model already and no cache served, at the difference
--            of the two prices: an estimate (is_estimate), and only where the sender says what the cache served
--   ceiling  the cost of a run that breached a ceiling, as its own steps say (warn, stop, or above the maximum); net_usd is what
--            the other kinds left of it, and 0 where the run completed all the same
-- amount_usd: all that the kind claims. net_usd: without what a kind above claims: these add up to the waste of the run,
-- never more than it cost. unpriced_calls: wasted model calls whose cost nobody knows, in neither. step_ids: the first 20.
select
    * exclude (run_key),
    kind = 'resent' as is_estimate
from rollup.run_waste
