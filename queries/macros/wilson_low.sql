-- macros.wilson_low: lower end of the 95 % Wilson score interval of a share (no continuity correction); null under 20.
-- source: Wilson 1927; Newcombe 1998
-- grain: one double
create or replace macro macros.wilson_low(part, whole) as
    case
        when whole >= 20
            then greatest(0.0, (
                part + 1.920729410347062 - 1.959963984540054 * sqrt(part * (whole - part) / whole + 0.960364705173531)
            ) / (whole + 3.841458820694124))
    end
