"""Answers to questions that come again: found as they are asked, right until a day, checked by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, LiteralString
from uuid import UUID, uuid4

from psycopg.rows import class_row

from kotoutus_tui import clock
from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.guidance import words
from kotoutus_tui.guidance.commands import PART, one_language
from kotoutus_tui.i18n import _, language_name
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.edits import Added, Edit
from kotoutus_tui.partners.folding import words_of
from kotoutus_tui.text import short_line, short_prose

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

SOON_DAYS = 30


@dataclass(frozen=True)
class Snippet:
    """An answer in one language; `checked_by` is the name of who last found it right."""

    id: UUID
    topic: str
    language: str
    title: str
    body: str
    valid_until: date
    checked_on: date
    checked_by: str | None

    def expired(self, today: date) -> bool:
        """Whether it may no longer be given without checking."""
        return self.valid_until < today

    def expires_soon(self, today: date) -> bool:
        """Whether it expires within 30 days."""
        return 0 <= (self.valid_until - today).days <= SOON_DAYS


async def snippets(db: "Database") -> Sequence[Snippet]:
    """Return every answer by topic and title."""
    async with db.reading_fast() as connection, connection.cursor(row_factory=class_row(Snippet)) as cursor:
        return await (await cursor.execute(_SNIPPETS)).fetchall()


def found(known: Sequence[Snippet], question: str, today: date, *, due: bool = False) -> list[Snippet]:
    """Return the answers in which a word begins with each word of the question; those in the title first.

    `due` keeps only what has expired or expires soon, the oldest first.
    """
    asked = words_of(question)
    hits: list[tuple[int, Snippet]] = []
    for each in known:
        if due and not (each.expired(today) or each.expires_soon(today)):
            continue
        title, rest = _words(each)
        if all(_begins(word, title) or _begins(word, rest) for word in asked):
            hits.append((sum(not _begins(word, title) for word in asked), each))
    if due:
        return sorted((each for _far, each in hits), key=lambda each: each.valid_until)
    return [each for _far, each in sorted(hits, key=lambda hit: hit[0])]


async def add(db: "Database", facts: Mapping[str, Any], *, operation_id: UUID) -> UUID:
    """Add an answer (topic, language, title, body, valid_until), checked today; raises InvalidInput."""
    made = uuid4()
    row = Added("answer_snippet", {"id": made, "checked_on": clock.today(), **_checked(facts)})
    await edits.write(db, "snippet.add", [row], operation_id=operation_id, part=PART)
    return made


async def change(db: "Database", snippet: Snippet, facts: Mapping[str, Any], *, operation_id: UUID) -> None:
    """Change an answer, which is checked today by it; raises InvalidInput and Conflict."""
    wanted = {**_checked(facts), "checked_on": clock.today()}
    after = {name: value for name, value in wanted.items() if value != getattr(snippet, name)}
    if after:
        before = {name: getattr(snippet, name) for name in after}
        edit = Edit("answer_snippet", [snippet.id], before, after)
        await edits.write(db, "snippet.change", [edit], operation_id=operation_id, part=PART)


async def remove(db: "Database", snippet: Snippet, *, operation_id: UUID) -> None:
    """Remove an answer."""
    edit = Edit("answer_snippet", [snippet.id], {"removed_at": None}, {"removed_at": NOW})
    await edits.write(db, "snippet.remove", [edit], operation_id=operation_id, part=PART)


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    title, body = short_line(facts["title"], "title"), short_prose(facts["body"], "body")
    for name, value in (("title", title), ("body", body), ("valid_until", facts["valid_until"])):
        if not value:
            raise InvalidInput(name, _("This is needed."))
    if facts["valid_until"] < clock.today():
        raise InvalidInput("valid_until", _("The day is in the past."), _("Write until when it is right."))
    if facts["topic"] not in dict(words.topics()):
        raise InvalidInput("topic", _("Choose one of these."))
    return {
        "topic": facts["topic"], "language": one_language(facts["language"]), "title": title, "body": body,
        "valid_until": facts["valid_until"],
    }  # fmt: skip


def _words(snippet: Snippet) -> tuple[list[str], list[str]]:
    rest = (snippet.body, words.topic_name(snippet.topic), language_name(snippet.language), snippet.language)
    return words_of(snippet.title), [word for text in rest for word in words_of(text)]


def _begins(asked: str, known: Sequence[str]) -> bool:
    return any(word.startswith(asked) for word in known)


_SNIPPETS: LiteralString = """
select a.id, a.topic, a.language, a.title, a.body, a.valid_until, a.checked_on,
       coalesce(s.name, a.checked_by) as checked_by
  from app.answer_snippet a
  left join app.staff s on s.login = a.checked_by
 where a.removed_at is null order by a.topic, lower(a.title), a.id"""
