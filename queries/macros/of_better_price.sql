-- macros.of_better_price: of two reports of one call, what the one says that prices it: the counted one, unless it names no
-- model or only the other one says a service tier. Never a mixture: prices are resolved for what one step says.
-- grain: one value per call
create or replace macro macros.of_better_price(counted_model, counted_tier, counted_said, other_tier, other_said) as
case
    when counted_model is null or (counted_tier is null and other_tier is not null) then other_said
    else counted_said
end
