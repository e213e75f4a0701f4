-- macros.change_low: lower end of the 95 % interval of a difference of two estimates, from their own intervals.
-- source: Newcombe 1998, method 10, for two shares with Wilson limits; MOVER (Zou and Donner 2008) for other estimates
-- grain: one double
create or replace macro macros.change_low(value, low, previous_value, previous_high) as
value - previous_value - sqrt(power(value - low, 2) + power(previous_high - previous_value, 2))
