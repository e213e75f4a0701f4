-- macros.second_of_day: seconds since midnight of a UTC time: prices of some providers follow the clock.
-- grain: one bigint from 0 to 86399
create or replace macro macros.second_of_day(moment) as
date_part('hour', moment) * 3600 + date_part('minute', moment) * 60 + date_part('second', moment)
