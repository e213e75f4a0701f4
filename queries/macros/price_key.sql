-- macros.price_key: what the price of a call is looked up by, as one report of the call says it; null where it names no model.
-- grain: one struct (provider, model, service_tier, day), or null
create or replace macro macros.price_key(provider, model, service_tier, moment) as
case
    when model is not null
        then { 'provider': provider, 'model': model, 'service_tier': service_tier, 'day': moment::date }
end
