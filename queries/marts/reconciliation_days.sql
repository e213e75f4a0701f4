-- marts.reconciliation_days: each day's estimate of model costs beside what the provider billed, and why they differ.
-- grain: one row per day, provider and model that either side has
-- Compared are the days that a provider billed; without a bill there is no gap. The gap is billed less estimated, and its
-- parts add up to it exactly. only_on_bill, only_here: the other side has no such model that day, and the gap is all of it.
-- repriced: what new price versions took from the estimate since the bill came; a week's change is spread over its days by
-- cost. unpriced, usage_missing: such calls at the mean of the priced calls of that day and model; where there are none, all
-- of the gap. unexplained: the rest.
create or replace macro marts.reconciliation_days(from_day, to_day) as table
with billed as (
    select * from marts.billed_days(from_day, to_day)
),

sides as (
    select
        coalesce(billed.day, called.day) as day,
        coalesce(billed.provider, called.provider) as provider,
        coalesce(billed.model, called.model) as model,
        billed.billed_usd,
        billed.billed_tokens,
        billed.invoices,
        billed.imported_at,
        called.* exclude (day, provider, model),
        billed.day is not null as is_billed,
        called.day is not null as is_called
    from billed
    full join marts.called_days(from_day, to_day) as called
        on billed.day = called.day and billed.provider = called.provider and billed.model = called.model
),

compared as (
    select
        sides.*,
        providers.day is not null as is_compared,
        coalesce(sides.billed_usd, 0) - coalesce(sides.estimated_usd, 0) as gap_usd,
        coalesce(macros.money_per(sides.estimated_usd, sides.priced_calls), 0) as mean_usd,
        -coalesce((
            select sum((changed.change_usd * (sides.estimated_usd / nullif(changed.week_usd, 0)))::decimal(38, 9))
            from marts.repriced_weeks() as changed
            where changed.week = macros.iso_week(sides.day)
                and changed.provider = sides.provider
                and changed.model = sides.model
                and changed.since_day <= sides.day
                and changed.repriced_at > sides.imported_at
        ), 0)::decimal(38, 9) as repriced_part
    from sides
    left join (
        select distinct
            day,
            provider
        from billed
    ) as providers
        on sides.day = providers.day and sides.provider = providers.provider
),

split as (
    select
        *,
        case when is_compared and not is_called then gap_usd else 0 end as only_on_bill_usd,
        case when is_compared and not is_billed then gap_usd else 0 end as only_here_usd,
        case when is_billed and is_called then repriced_part else 0 end as repriced_usd,
        case
            when not (is_billed and is_called) or unpriced_calls = 0 then 0
            when priced_calls > 0 then mean_usd * unpriced_calls
            else gap_usd - macros.money_per(gap_usd * usage_missing_calls, unpriced_calls + usage_missing_calls)
        end as unpriced_usd,
        case
            when not (is_billed and is_called) or usage_missing_calls = 0 then 0
            when priced_calls > 0 then mean_usd * usage_missing_calls
            else macros.money_per(gap_usd * usage_missing_calls, unpriced_calls + usage_missing_calls)
        end as usage_missing_usd
    from compared
)

select
    * exclude (mean_usd, repriced_part, gap_usd),
    case when is_compared then gap_usd end as gap_usd,
    case
        when is_compared
            then gap_usd - only_on_bill_usd - only_here_usd - repriced_usd - unpriced_usd - usage_missing_usd
    end as unexplained_usd
from split
