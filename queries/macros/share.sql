-- macros.share: a share of a whole, or null under 20: too few to speak of a rate (counts are shown instead).
-- grain: one double
create or replace macro macros.share(part, whole) as case when whole >= 20 then part / whole end
