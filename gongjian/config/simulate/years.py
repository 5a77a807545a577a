"""The years that can be played: how much happened in them, as two cities have made it known; whom and when is invented."""

from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Year:
    """How much happens in a year.

    people: applications. halls, videos: sittings of that mode. beside: people examined at each video sitting. homes: people visited at home.
    experts: in the pool, of so many hospitals. by_post: people who get their papers by post: notice and conclusion, their own and the employer's copy.
    """

    people: int
    halls: int
    videos: int = 0
    beside: int = 4
    homes: int = 0
    experts: int = 80
    hospitals: int = 10
    by_post: int = 0

    @property
    def elsewhere(self) -> int:
        """How many people are not examined in the hall."""
        return self.videos * self.beside + self.homes

    def with_people(self, people: int) -> "Year":
        """The same year with fewer or more people, and envelopes in the same proportion. Raises: ValueError for fewer people than are examined elsewhere."""
        if people <= self.elsewhere:
            raise ValueError(f"more than {self.elsewhere} people are needed")
        return replace(self, people=people, by_post=round(self.by_post * people / self.people))


YEARS = MappingProxyType(
    {
        # A city's figures of 2024: 12 sittings, 2,358 people, 80 experts of 10 hospitals.
        "2024": Year(people=2_358, halls=12),
        # Another's of 2025: 11 sittings, two of them by video, 6 home visits, over 500 envelopes. How many people it were is not known: 600 are supposed.
        "2025": Year(people=600, halls=9, videos=2, homes=6, by_post=125),
    }
)
