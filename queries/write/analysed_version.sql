-- What an answer rests on besides data_version, where it reads an analysis.
-- grain: one row
select epoch_us(max(analysed_at)) as analysed_us
from rollup.analyses
