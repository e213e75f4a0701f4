-- macros.two_sided_p: the probability of a standard normal value at least as far from 0 as z; right to a millionth.
-- source: Abramowitz and Stegun 1964, 7.1.26, of erfc(|z| / sqrt(2))
-- grain: one double
create or replace macro macros.two_sided_p(z) as
exp(-z * z / 2) * (
    1.0 / (1.0 + 0.3275911 * abs(z) / sqrt(2.0)) * (
        0.254829592 + 1.0 / (1.0 + 0.3275911 * abs(z) / sqrt(2.0)) * (
            -0.284496736 + 1.0 / (1.0 + 0.3275911 * abs(z) / sqrt(2.0)) * (
                1.421413741 + 1.0 / (1.0 + 0.3275911 * abs(z) / sqrt(2.0)) * (
                    -1.453152027 + 1.061405429 / (1.0 + 0.3275911 * abs(z) / sqrt(2.0))
                )
            )
        )
    )
)
