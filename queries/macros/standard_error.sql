-- macros.standard_error: the standard error of a mean, from the sum and the sum of squares of at least two values.
-- grain: one double
create or replace macro macros.standard_error(total, total_of_squares, number) as
case
    when number > 1
        then sqrt(greatest(0.0, total_of_squares - total::double * total::double / number) / (number - 1.0) / number)
end
