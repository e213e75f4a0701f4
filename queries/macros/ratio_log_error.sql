-- macros.ratio_log_error: standard error of log(sum of costs / number of completions) by the delta method over runs.
-- source: ratio estimator on the log scale: var(log r) = (var(c)/mean(c)^2 + var(y)/mean(y)^2 - 2 cov(c,y)/(mean(c) mean(y)))/n
-- Real coverage is a little under 95 %, most so under 200 runs.
-- grain: one double
create or replace macro macros.ratio_log_error(cost, cost_squares, completions, cost_of_completions, number) as
case
    when number > 1 and cost > 0 and completions > 0
        then sqrt(greatest(0.0, (
            (cost_squares - cost * cost / number) / (cost * cost)
            + (completions - completions * completions / number) / (completions * completions)
            - 2 * (cost_of_completions - cost * completions / number) / (cost * completions)
        ) * number / (number - 1.0)))
end
