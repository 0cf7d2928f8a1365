"""What a dag_id says about how often the DAG runs: `shedule_3_hour`, `etl_daily`, `3시간마다`.

Precise before complete: whatever may name the data, a length of time or an ordinal is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dag_lint.schedule import claim_words as words
from dag_lint.schedule.phrases import plural

Form = Literal["every", "adverb", "count"]
Muted = Literal["no", "faster", "both"]

MAX_LENGTH = 256

_PIECES = re.compile(r"\d*[가-힣]+|[A-Za-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GLUED = re.compile(r"(\d+)([a-z]+)")
_ENDS_IN_DIGITS = re.compile(r"([a-z]+?)(\d+)")
_WORD_NUMBER_UNIT = re.compile(r"([a-z]+?)(\d+)([a-z]+)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_KOREAN_PERIOD = re.compile(
    rf"(\d+|{'|'.join(words.KOREAN_NUMBERS)})({'|'.join(sorted(words.KOREAN_UNITS, key=len, reverse=True))})"
    rf"({'|'.join(words.KOREAN_EACH)})?"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A frequency that a name claims.

    words: in plain English, to follow "says": `every 3 hours`, `daily`, `twice a day`.
    unit, number: of `every <number> <unit>s`; of a count, the unit in which it is counted and 1.
    periods: the seconds between two runs, any of which keeps the claim (`biweekly` has three).
    form: `every` for an exact period, `adverb`, or `count` for `twice a day`.
    muted: the claim may be about the data: no finding for schedules that are "faster", or for "both".
    """

    words: str
    unit: str
    number: int
    periods: tuple[float, ...]
    form: Form
    muted: Muted = "no"

    @property
    def exact(self) -> bool:
        """It names a number, so that more runs than claimed are wrong as well."""
        return self.form == "count" or (self.form == "every" and self.number > 1)


@lru_cache(maxsize=2048)
def read_claim(dag_id: str) -> Claim | None:
    """What a dag_id (or the constant part of one) claims; None when nothing, or two different things."""
    if len(dag_id) > MAX_LENGTH:
        return None
    tokens = _tokens(dag_id)
    if not words.TAKES_BACK_ALL.isdisjoint(tokens):
        return None
    found: list[Claim] = []
    index = 0
    while index < len(tokens):
        claim, length = _claim_at(tokens, index)
        index += length
        if claim is not None and "times" not in tokens[index : index + 2]:
            # `daily_at_times`: a few runs a day, however many.
            found.append(claim)
    if not found or any(claim.periods != found[0].periods for claim in found):
        return None
    muted = [claim for claim in found if claim.muted == "no"]
    return (muted or found)[0]


def _tokens(dag_id: str) -> list[str]:
    """Words in lower case: split at capitals and separators, `every3hours` taken apart, `15min` not."""
    tokens: list[str] = []
    for piece in _PIECES.findall(dag_id):
        for part in _CAMEL.split(piece):
            tokens.extend(_unglued(part.lower()))
    return tokens


def _unglued(token: str) -> list[str]:
    match = _WORD_NUMBER_UNIT.fullmatch(token)
    if match and _is_context(match[1]) and _unit(match[3]) is not None:
        return [match[1], match[2] + match[3]]
    match = _ENDS_IN_DIGITS.fullmatch(token)
    if match and _is_context(match[1]):
        return [match[1], match[2]]
    if match and (match[1] in words.ADVERBS or match[1] in words.KOREAN):
        return [match[1]]
    for every in words.EVERY:
        rest = token.removeprefix(every)
        if rest != token and rest in words.UNITS and token not in words.ADVERBS:
            return [every, rest]
    return [token]


def _is_context(token: str) -> bool:
    return token in words.EVERY or token in words.RHYTHM_WORDS or _is_schedule(token)


@lru_cache(maxsize=4096)
def _is_schedule(token: str) -> bool:
    """`schedule`, `scheduled`, and what is two edits away from it: shedule, schedul, scheduel, shcedule."""
    if token in words.NOT_SCHEDULE or not 6 <= len(token) <= 10 or token[0] not in "scz":
        return False
    return _distance(token, words.SCHEDULE) <= words.SCHEDULE_DISTANCE


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def _claim_at(tokens: list[str], index: int) -> tuple[Claim | None, int]:
    """The claim that begins at a token, and how many tokens it takes (1 when there is none)."""
    for read in (_korean, _count, _every, _context, _numbered_adverb, _adverb):
        found = read(tokens, index)
        if found is not None:
            return found
    return None, 1


Found = tuple["Claim | None", int]


def _korean(tokens: list[str], index: int) -> Found | None:
    token = tokens[index]
    if token in words.KOREAN:
        unit, number = words.KOREAN[token]
        return _every_claim(unit, number, "adverb"), 1
    after_every = index > 0 and tokens[index - 1] in words.KOREAN_EVERY
    match = _KOREAN_PERIOD.fullmatch(token)
    if match is None:
        return None
    each = match[3] is not None
    length = 1
    if not each and index + 1 < len(tokens) and tokens[index + 1] in words.KOREAN_EACH:
        each, length = True, 2
    if not (each or after_every):
        return None
    number = words.KOREAN_NUMBERS.get(match[1]) or int(match[1])
    return (_every_claim(words.KOREAN_UNITS[match[2]], number), length) if number else None


def _count(tokens: list[str], index: int) -> Found | None:
    """`twice_daily`, `3_times_a_week`, `2x_day`, `once_per_day`, `daily_twice`."""
    behind = tokens[index + 1 : index + 2]
    if tokens[index] in words.ADVERBS and behind in (["twice"], ["thrice"]):
        return _count_claim(words.COUNT_WORDS[behind[0]], words.ADVERBS[tokens[index]]), 2
    times, end = _times(tokens, index)
    if times is None or end >= len(tokens):
        return None
    spellings = words.ADVERBS
    if tokens[end] in ("a", "an", "per", "each", "every"):
        end, spellings = end + 1, words.UNITS
    unit = spellings.get(tokens[end]) if end < len(tokens) else None
    return None if unit is None else (_count_claim(times, unit), end + 1 - index)


def _times(tokens: list[str], index: int) -> tuple[int | None, int]:
    token = tokens[index]
    if token in words.COUNT_WORDS:
        return words.COUNT_WORDS[token], index + 1
    glued = re.fullmatch(r"(\d{1,2})x", token)
    if glued and int(glued[1]):
        return int(glued[1]), index + 1
    number = _number(token)
    if number and index + 1 < len(tokens) and tokens[index + 1] in ("times", "time", "x"):
        return number, index + 2
    return None, index


def _count_claim(times: int, unit: str) -> Claim:
    if times == 1:
        return _every_claim(unit, 1, "adverb")
    often = {2: "twice", 3: "three times"}.get(times, f"{times} times")
    period = words.UNIT_SECONDS[unit] / times
    return Claim(f"{often} a{'n' if unit == 'hour' else ''} {unit}", unit, 1, (period,), "count")


def _every(tokens: list[str], index: int) -> Found | None:
    """`every_3_hours`, `every_hour`, `every_other_day`, `every15min`, `every_monday`."""
    if tokens[index] not in words.EVERY or (index and tokens[index - 1] in ("for", "of", "in", "by")):
        return None
    rest = tokens[index + 1 : index + 4]
    if not rest:
        return None
    if rest[0] in ("other", "second", "2nd") and len(rest) > 1 and rest[1] in words.UNITS:
        return _every_claim(words.UNITS[rest[1]], 2), 3
    if rest[:2] == ["half", "hour"]:
        return _every_claim("minute", 30), 3
    if rest[:2] == ["quarter", "hour"]:
        return _every_claim("minute", 15), 3
    counted = _number_and_unit(rest, short=True)
    if counted is not None:
        number, unit, length = counted
        return _every_claim(unit, number), 1 + length
    if rest[0] in words.UNITS and not rest[0].endswith("s"):
        return _every_claim(words.UNITS[rest[0]], 1), 2
    if rest[0] in words.WEEKDAY_NAMES:
        return Claim(f"every {rest[0].rstrip('s').capitalize()}", "week", 1, (words.WEEK,), "every"), 2
    if rest[0] in words.TIMES_OF_DAY:
        # No unit: which cron a morning or an evening means cannot be said.
        return Claim(f"every {rest[0]}", rest[0], 1, (words.DAY,), "every"), 2
    return None


def _context(tokens: list[str], index: int) -> Found | None:
    """`shedule_3_hour`, `cron_15min`, `run_12h`, `5_min_cron`."""
    token = tokens[index]
    before = tokens[max(0, index - 2) : index]
    if token in words.RHYTHM_WORDS or _is_schedule(token):
        counted = _number_and_unit(tokens[index + 1 : index + 4], short=True, padded=False)
        start, length = index + 1, 1
    else:
        counted = _number_and_unit(tokens[index : index + 3], short=False, padded=False)
        start, length = index, 0
    if counted is None:
        return None
    number, unit, taken = counted
    after = tokens[start + taken : start + taken + 1]
    if length == 0 and not (after and (after[0] in words.TRAILING or _is_schedule(after[0]))):
        return None
    if not words.TAKES_BACK_NUMBER.isdisjoint(before) or not words.TAKES_BACK_AFTER.isdisjoint(after):
        return None
    if token in words.SHORT_ONLY and words.UNIT_SECONDS[unit] > words.HOUR:
        return None
    return _every_claim(unit, number), length + taken


def _number_and_unit(rest: list[str], *, short: bool, padded: bool = True) -> tuple[int, str, int] | None:
    """(number, unit, tokens taken) of `3 hours`, `15min`, `3rd day`, three hours; zero is no number."""
    if not rest:
        return None
    glued = _GLUED.fullmatch(rest[0])
    if glued and (padded or not glued[1].startswith("0")):
        unit = _unit(glued[2], short=short)
        if unit is not None and 0 < int(glued[1][:6]) < 1000:
            return int(glued[1]), unit, 1
    number = _number(rest[0])
    if not number or (not padded and rest[0].startswith("0")) or len(rest) < 2:
        return None
    unit = _unit(rest[1], short=short)
    return (number, unit, 2) if unit is not None and number < 1000 else None


def _number(token: str) -> int | None:
    if token.isascii() and token.isdigit() and len(token) < 6:
        return int(token)
    ordinal = _ORDINAL.fullmatch(token)
    if ordinal:
        return int(ordinal[1][:6])
    return words.NUMBER_WORDS.get(token)


def _unit(token: str, *, short: bool = True) -> str | None:
    return words.UNITS.get(token) or (words.SHORT_UNITS.get(token) if short else None)


def _numbered_adverb(tokens: list[str], index: int) -> Found | None:
    """`sync_6_hourly` is every six hours; `report_10_daily` may as well be the tenth report, daily."""
    token = tokens[index]
    glued = _GLUED.fullmatch(token)
    if glued and glued[2] in words.ADVERBS:
        shown, adverb, length = glued[1], glued[2], 1
    elif index + 1 < len(tokens) and tokens[index + 1] in words.ADVERBS:
        shown, adverb, length = token, tokens[index + 1], 2
    else:
        return None
    number = _number(shown)
    unit = words.ADVERBS[adverb]
    plain = _adverb([*tokens[:index], adverb, *tokens[index + length :]], index)
    if number is None or plain is None or plain[0] is None:
        return None
    if index == 0 or shown.startswith("0") or not 1 < number < 60:
        return plain[0], length
    claim = _every_claim(unit, number)
    if unit == "hour" and 24 % number == 0:
        return claim, length
    both = (*claim.periods, *plain[0].periods)
    return Claim(claim.words, unit, number, both, "every", plain[0].muted), length


def _adverb(tokens: list[str], index: int) -> Found | None:
    token = tokens[index]
    if index and tokens[index - 1] in words.TAKES_BACK_ADVERB:
        return None
    if token in words.BIWEEKLY:
        periods = (words.WEEK / 2, words.WEEK, 2 * words.WEEK, words.MONTH / 2)
        return Claim("every two weeks", "week", 2, periods, "adverb", _muted(tokens[index + 1 :])), 1
    if token not in words.ADVERBS:
        return None
    return _every_claim(words.ADVERBS[token], 1, "adverb", _muted(tokens[index + 1 :])), 1


def _muted(behind: list[str]) -> Muted:
    """Whether the words behind an adverb make it a word about the data."""
    tail = [
        token
        for token in behind
        if token not in words.ENVIRONMENTS and not re.fullmatch(r"v?\d+|[a-z]", token)
    ]
    result: Muted = "no"
    for token in tail:
        if token in words.PROCESS_WORDS:
            break
        if token in words.PRODUCT_NOUNS:
            result = "faster"
        elif token in words.MEASURE_NOUNS or _is_plural(token):
            return "both"
    return result


def _is_plural(token: str) -> bool:
    return len(token) > 3 and re.search(r"[^sui]s$", token) is not None and token not in words.NOT_PLURAL


def _every_claim(unit: str, number: int, form: Form = "every", muted: Muted = "no") -> Claim:
    said = f"every {unit}" if number == 1 else f"every {plural(number, unit)}"
    if form == "adverb" and number == 1:
        said = words.UNIT_ADVERBS.get(unit, said)
    return Claim(said, unit, number, (words.UNIT_SECONDS[unit] * number,), form, muted)
