-- macros.mean_low: lower end of the 95 % interval of a mean (normal approximation of the standard error); null under 20.
-- grain: one double
create or replace macro macros.mean_low(total, total_of_squares, number) as
case
    when number >= 20
        then total / number - 1.959963984540054 * macros.standard_error(total, total_of_squares, number)
end
