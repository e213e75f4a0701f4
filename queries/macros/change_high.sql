-- macros.change_high: upper end of the 95 % interval of a difference of two estimates, from their own intervals.
-- source: Newcombe 1998, method 10, for two shares with Wilson limits; MOVER (Zou and Donner 2008) for other estimates
-- grain: one double
create or replace macro macros.change_high(value, high, previous_value, previous_low) as
value - previous_value + sqrt(power(high - value, 2) + power(previous_value - previous_low, 2))
