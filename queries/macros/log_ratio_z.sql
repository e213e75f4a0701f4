-- macros.log_ratio_z: how many standard errors two ratios are apart on the log scale, from their own 95 % intervals there.
-- grain: one double
create or replace macro macros.log_ratio_z(value, low, high, previous_value, previous_low, previous_high) as
case
    when value > 0 and previous_value > 0 and (high > low or previous_high > previous_low)
        then ln(value / previous_value) / sqrt(
            power(ln(high / low) / 3.919927969080108, 2)
            + power(ln(previous_high / previous_low) / 3.919927969080108, 2)
        )
end
