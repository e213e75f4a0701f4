-- macros.ratio_error: standard error of log(sum of x / sum of y) by the delta method over clusters, from their sums, sums of
-- squares and of products. macros.ratio_log_error is the same where y is 0 or 1.
-- source: ratio estimator on the log scale, as macros.ratio_log_error
-- grain: one double
create or replace macro macros.ratio_error(x, x_squares, y, y_squares, products, number) as
case
    when number > 1 and x > 0 and y > 0
        then sqrt(greatest(0.0, (
            (x_squares - x * x / number) / (x * x)
            + (y_squares - y * y / number) / (y * y)
            - 2 * (products - x * y / number) / (x * y)
        ) * number / (number - 1.0)))
end
