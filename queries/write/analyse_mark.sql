-- Analyse, last: say that something was. Of two portions at once one fails here, and tries again.
-- grain: the row of rollup.analyses
update rollup.analyses
set analysed_at = now() at time zone 'UTC'
