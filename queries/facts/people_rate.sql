-- facts.people_rate: what an hour of people's time costs on a day: the rate of the workflow, else the general one.
-- grain: one struct of usd and price_version; null for another kind of cost, and where nobody said a rate
create or replace macro facts.people_rate(cost_kind, cost_workflow, occurred_at) as (
    select max_by(struct_pack(usd := rates.usd, price_version := rates.price_version), rates.name is not null)
    from facts.rates_in_force as rates
    where
        rates.kind = 'people' and cost_kind = 'human'
        and (rates.name is null or rates.name = cost_workflow)
        and occurred_at::date >= rates.valid_from and occurred_at::date < rates.valid_until
)
