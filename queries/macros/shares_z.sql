-- macros.shares_z: how many standard errors two shares are apart (score test, pooled); null under 20 of either whole, and where
-- both are 0 or both 1.
-- grain: one double
create or replace macro macros.shares_z(part, whole, previous_part, previous_whole) as
case
    when whole >= 20 and previous_whole >= 20 and part + previous_part not in (0, whole + previous_whole)
        then (part / whole - previous_part / previous_whole) / sqrt(
            (part + previous_part) / (whole + previous_whole)
            * (1.0 - (part + previous_part) / (whole + previous_whole))
            * (1.0 / whole + 1.0 / previous_whole)
        )
end
