-- macros.better_price_key: which of two reports of one call prices it: the counted one, unless it names no model or only the
-- other one says a service tier. Never a mixture: prices are resolved for what one step says.
-- grain: one struct (provider, model, service_tier, day), or null
create or replace macro macros.better_price_key(counted, twin) as
case
    when counted is null then twin
    when
        struct_extract(counted, 'service_tier') is null and struct_extract(twin, 'service_tier') is not null
        then twin
    else counted
end
