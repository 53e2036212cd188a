"""The length of an integration period by law."""

from datetime import date

import pytest

from kotoutus_tui.casework.integration_period import IntegrationPeriod, integration_period


@pytest.mark.parametrize(
    ("drawn", "end", "law"),
    [
        (date(2024, 12, 31), date(2027, 12, 31), "12 § 1386/2010"),
        (date(2025, 1, 1), date(2027, 1, 1), "23 § 681/2023"),
        (date(2024, 2, 29), date(2027, 2, 28), "12 § 1386/2010"),
        (date(2028, 2, 29), date(2030, 2, 28), "23 § 681/2023"),
    ],
)
def test_three_years_by_the_old_act_and_two_by_the_new(drawn: date, end: date, law: str) -> None:
    assert integration_period(drawn) == IntegrationPeriod(drawn, end, law)


def test_the_share_passed_stays_between_nothing_and_all() -> None:
    period = integration_period(date(2026, 1, 1))
    assert period.share_passed(date(2025, 6, 1)) == 0
    assert period.share_passed(date(2027, 1, 1)) == pytest.approx(0.5)
    assert period.share_passed(date(2029, 1, 1)) == 1
