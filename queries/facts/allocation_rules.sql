-- How the cost of a run that serves several outcomes is shared among them: the rule as data.
-- grain: one row per kind of outcome that weighs other than 1, and one (outcome is null) for all others
-- Each outcome of a run gets the run's cost times its kind's weight over the sum of weights, in whole billionths of a dollar;
-- what is left over goes to the first of them, by kind (an unknown one last) and id. 'even' gives every kind one weight.
select
    'even' as rule,
    1 as version,
    null::varchar as outcome,
    1 as weight
