"""The line of query text: three languages in, one meaning, the same line back."""

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.casework.caseload_query import SORTS, STATUSES, CaseloadQuery, parse, write
from kotoutus_tui.errors import InvalidInput

WHOLE = CaseloadQuery(
    statuses=frozenset(STATUSES),
    phases=frozenset({"arriving", "new", "assessment", "plan", "after_plan", "closed"}),
    languages=frozenset({"ar", "so"}),
    interpreter=False,
    counsellor="aino",
    due_within=14,
    due_after=2,
    sort="contact",
)


@pytest.mark.parametrize(
    "line",
    [
        "vaihe:suunnitelma kieli:ar erääntyy<14 tulkki:kyllä uusi järjestys:nimi",
        "fas:plan språk:ar förfaller<14 tolk:ja ny ordning:namn",
        "phase:plan language:ar due<14 interpreter:yes new sort:name",
        "  VAIHE:Suunnitelma språk:AR due<14   tulkki:kyllä new ordning:namn ",
    ],
)
def test_three_languages_mean_the_same(line: str) -> None:
    assert parse(line) == CaseloadQuery(
        statuses=frozenset({"new"}),
        phases=frozenset({"plan"}),
        languages=frozenset({"ar"}),
        interpreter=True,
        due_within=14,
        sort="name",
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_written_is_understood_again(language: str) -> None:
    i18n.install(language)
    assert parse(write(WHOLE)) == WHOLE
    for sort in SORTS:
        assert parse(write(CaseloadQuery(sort=sort))).sort == sort


def test_an_example_in_the_message_can_be_typed() -> None:
    for language in ("fi", "sv", "en"):
        i18n.install(language)
        with pytest.raises(InvalidInput) as caught:
            parse("vaihe:?")
        assert parse(caught.value.next_step.split(": ", 1)[1]).due_within == 14


@pytest.mark.parametrize(
    "line",
    [
        "öljy",
        "vaihe:öljy",
        "erääntyy:14",
        "erääntyy<huomenna",
        "kieli<ar",
        "kieli:arabia",
        "tulkki:ehkä",
        "a:b",
    ],
)
def test_an_unknown_term_is_one_clear_sentence(line: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(f"uusi {line}")
    assert caught.value.sentence == f"Suodatin ei tunne ehtoa ”{line}”."
    assert caught.value.field == "query"


def test_nothing_asks_for_all_open_clients() -> None:
    assert parse("") == CaseloadQuery()
    assert write(CaseloadQuery()) == ""
