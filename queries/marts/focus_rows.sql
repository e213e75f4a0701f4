-- marts.focus_rows: marts.focus_charges in the columns of FOCUS, those of version 1.2 and of 1.4: each read takes its own.
-- grain: one row per charge
-- Account: the tenant. Sub account: the team. Provider: who serves the model, as the calls say; unknown where they do not, and
-- for tools, people and infrastructure. InvoiceId is null: nobody billed these estimates. Custom columns (x_) stand last.
-- Source: FOCUS 1.2 (2025-05-29) and 1.4 (2026-06-04), FinOps Foundation.
create or replace macro marts.focus_rows(
    started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
select  -- noqa: disable=CP02
    effective_cost as BilledCost,
    coalesce(tenant, 'default') as BillingAccountId,
    coalesce(tenant, 'default') as BillingAccountName,
    'USD' as BillingCurrency,
    month_start + interval 1 month as BillingPeriodEnd,
    month_start as BillingPeriodStart,
    case when is_credit then 'Credit' else 'Usage' end as ChargeCategory,
    null::varchar as ChargeClass,
    concat_ws(' ', provider, sku, meter) as ChargeDescription,
    'Usage-Based' as ChargeFrequency,
    hour_start + interval 1 hour as ChargePeriodEnd,
    hour_start as ChargePeriodStart,
    consumed_quantity as ConsumedQuantity,
    consumed_unit as ConsumedUnit,
    list_cost as ContractedCost,
    unit_price as ContractedUnitPrice,
    effective_cost as EffectiveCost,
    coalesce(provider, 'unknown') as HostProviderName,
    null::varchar as InvoiceId,
    coalesce(provider, 'unknown') as InvoiceIssuerName,
    list_cost as ListCost,
    unit_price as ListUnitPrice,
    'Standard' as PricingCategory,
    quantity as PricingQuantity,
    unit as PricingUnit,
    coalesce(provider, 'unknown') as ProviderName,
    coalesce(provider, 'unknown') as PublisherName,
    case when kind = 'model' then 'AI and Machine Learning' else 'Other' end as ServiceCategory,
    case kind when 'model' then 'Generative AI' else 'Other (Other)' end as ServiceSubcategory,
    case kind
        when 'model' then 'Model calls' when 'tool' then 'Tool calls' when 'people' then 'People time'
        when 'infrastructure' then 'Infrastructure' else 'Other'
    end as ServiceName,
    coalesce(provider, 'unknown') as ServiceProviderName,
    sku as SkuId,
    meter as SkuMeter,
    null::varchar as SkuPriceDetails,
    concat_ws('/', sku, meter, price_version, rtrim(rtrim(unit_price::varchar, '0'), '.')) as SkuPriceId,
    team as SubAccountId,
    team as SubAccountName,
    json_object('x_cost_source', cost_source)::varchar as Tags,
    agent as x_AgentName,
    agent_version as x_AgentVersion,
    cost_source as x_CostSource,
    env as x_Environment,
    outcome_status as x_OutcomeStatus,
    outcome_kind as x_OutcomeType,
    price_version as x_PriceVersion,
    workflow as x_WorkflowName
from marts.focus_charges(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
