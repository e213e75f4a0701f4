-- What the filters of the pages offer; most runs first, '(none)' where a run has no value. Of each dimension at most 500.
-- grain: one row per dimension and value
select
    dimension,
    value,
    runs
from marts.filter_values
qualify row_number() over (partition by dimension order by runs desc, value asc) <= 500
order by dimension, runs desc, value
