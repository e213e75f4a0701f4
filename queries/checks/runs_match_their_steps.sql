-- Every figure is reproducible: the runs that are shown are those worked out from the whole ledger.
-- grain: one row per run that differs
(
    select
        run_id,
        'shown' as side
    from (
        select * from facts.runs
        except
        select * from facts.runs_computed
    )
)
union all
(
    select
        run_id,
        'computed' as side
    from (
        select * from facts.runs_computed
        except
        select * from facts.runs
    )
)
