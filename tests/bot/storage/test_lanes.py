"""Lanes: whoever works on a chat holds its lane, alone, and loses it when the lease has ended."""

import random
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from bot.clock import now
from bot.storage import inbox, lanes, outbox
from bot.storage.lanes import LEASE, LaneLost
from bot.storage.outbox import Kind
from bot.storage.schema import lane
from tests.bot.storage.databases import ONLY_POSTGRES
from tests.bot.storage.letters import MARKUS, ONE_SECOND, SABINE, arrival
from tests.chat import MONDAY_MORNING as NOW
from tests.properties import tries

CHATS = range(1, 7)


def messages_of(connection: Connection, chat_id: int) -> int:
    return int(connection.execute(select(lane.c.messages).where(lane.c.chat_id == chat_id)).scalar_one())


def test_the_first_who_claims_a_lane_has_it(engine: Engine) -> None:
    with engine.begin() as connection:
        assert lanes.claim(connection, [SABINE, MARKUS, SABINE], "anna", NOW) == {SABINE, MARKUS}
        assert lanes.claim(connection, [SABINE], "bernd", NOW) == set()
        assert lanes.claim(connection, [SABINE], "anna", NOW) == {SABINE}
        assert lanes.claim(connection, [], "anna", NOW) == set()


def test_a_lane_is_free_when_its_lease_has_ended(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [SABINE], "anna", NOW)
        assert lanes.claim(connection, [SABINE], "bernd", NOW + LEASE) == set()
        assert lanes.claim(connection, [SABINE], "bernd", NOW + LEASE + ONE_SECOND) == {SABINE}
        assert (lanes.held(connection, "anna"), lanes.held(connection, "bernd")) == ([], [SABINE])


def test_a_renewed_lease_lasts_longer_and_only_ones_own_is_renewed(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [SABINE], "anna", NOW)
        lanes.claim(connection, [MARKUS], "bernd", NOW)
        lanes.renew(connection, "anna", NOW + LEASE)
        assert lanes.claim(connection, [SABINE, MARKUS], "carla", NOW + LEASE + ONE_SECOND) == {MARKUS}


@ONLY_POSTGRES
def test_leases_go_by_the_servers_clock(engine: Engine) -> None:
    with engine.begin() as connection:
        assert abs(lanes.present(connection, NOW) - now()) < LEASE


@ONLY_POSTGRES
def test_a_lane_to_which_a_turn_is_writing_is_renewed_and_given_back_another_time(engine: Engine) -> None:
    """Nobody waits for it meanwhile: the turn may be waiting for a lane that is renewed together with it."""
    with engine.begin() as connection:
        lanes.claim(connection, [1, 2], "anna", NOW)
    with engine.begin() as turn, engine.begin() as look:
        lanes.count_messages(turn, 1, "anna", 1)
        assert lanes.renew(look, "anna", NOW) == [2]
        assert lanes.release(look, "anna", [1, 2]) == [2]


def test_given_back_lanes_are_free_at_once(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [1, 2, 3], "anna", NOW)
        lanes.release(connection, "bernd")
        lanes.release(connection, "anna", [2])
        assert lanes.claim(connection, [1, 2, 3], "bernd", NOW) == {2}
        lanes.release(connection, "anna")
        assert lanes.claim(connection, [1, 2, 3], "bernd", NOW) == {1, 2, 3}


def test_a_lane_that_was_claimed_just_now_is_not_given_back_for_idle(engine: Engine) -> None:
    """Its update is stored, but the process that stored it may not have begun with it."""
    with engine.begin() as connection:
        lanes.claim(connection, [1], "anna", NOW)
        lanes.claim(connection, [2], "anna", NOW + ONE_SECOND)
        lanes.release(connection, "anna", [1, 2], NOW + ONE_SECOND)
        assert lanes.held(connection, "anna") == [2]


def test_the_only_process_takes_over_what_the_last_one_held(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [SABINE], "before the kill", NOW)
        lanes.add_message(connection, MARKUS)
        lanes.take_over(connection, "after it", NOW)
        assert sorted(lanes.held(connection, "after it")) == [SABINE, MARKUS]


def test_only_lanes_on_which_something_waits_are_looked_for(engine: Engine) -> None:
    with engine.begin() as connection:
        (done,) = inbox.put(connection, [arrival(1, chat_id=1)])
        inbox.mark_done(connection, done.id)
        inbox.put(connection, [arrival(2, chat_id=2)])
        outbox.add(connection, 3, Kind.SEND, "", {"text": "x"}, NOW)
        lanes.claim(connection, [1, 2, 3], "anna", NOW)
        lanes.release(connection, "anna")
    with engine.begin() as connection:
        assert sorted(lanes.claim_free(connection, "bernd", NOW, limit=10)) == [2, 3]
        assert sorted(lanes.held(connection, "bernd")) == [2, 3]
        assert lanes.claim_free(connection, "carla", NOW, limit=10) == []


def test_no_more_lanes_are_taken_than_asked_for(engine: Engine) -> None:
    with engine.begin() as connection:
        work_waits_on(connection, CHATS)
    with engine.begin() as connection:
        assert len(lanes.claim_free(connection, "anna", NOW, limit=4)) == 4
        assert len(lanes.claim_free(connection, "bernd", NOW, limit=4)) == len(CHATS) - 4


def test_messages_are_counted_by_the_holder_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [SABINE], "anna", NOW)
        assert [lanes.count_messages(connection, SABINE, "anna", more) for more in (1, 0, 2)] == [1, 1, 3]
        with pytest.raises(LaneLost):
            lanes.count_messages(connection, SABINE, "bernd", 1)
        with pytest.raises(LaneLost):
            lanes.count_messages(connection, MARKUS, "anna", 1)
        assert messages_of(connection, SABINE) == 3


def test_a_pushed_message_counts_whoever_holds_the_lane_and_the_holder_goes_on(engine: Engine) -> None:
    with engine.begin() as connection:
        lanes.claim(connection, [SABINE], "anna", NOW)
        assert [lanes.add_message(connection, chat) for chat in (SABINE, SABINE, MARKUS)] == [1, 2, 1]
        assert lanes.held(connection, "anna") == [SABINE]
        lanes.claim(connection, [MARKUS], "bernd", NOW)
        assert lanes.count_messages(connection, MARKUS, "bernd", 1) == 2, "a claim does not begin to count anew"
        lanes.add_messages(connection, [SABINE, 3001, MARKUS, SABINE])
        lanes.add_messages(connection, [])
        assert [messages_of(connection, chat) for chat in (SABINE, MARKUS, 3001)] == [4, 3, 1]


actions = st.lists(
    st.tuples(
        st.sampled_from(["claim", "claim_free", "renew", "release"]),
        st.sampled_from(["anna", "bernd", "carla"]),
        st.sets(st.sampled_from(CHATS), max_size=4),
        st.integers(0, 25),
    ),
    max_size=12,
)


@settings(max_examples=tries(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=actions)
def test_whatever_happens_a_lane_belongs_to_the_one_who_took_it_last_and_in_time(
    engine: Engine, actions: list[tuple[str, str, set[int], int]]
) -> None:
    holder: dict[int, tuple[str, datetime]] = {}
    now = NOW

    def is_free(chat: int) -> bool:
        return chat not in holder or holder[chat][1] < now

    with engine.connect() as connection, connection.begin() as all_of_it:
        work_waits_on(connection, CHATS)
        for action, owner, chats, seconds in actions:
            now += timedelta(seconds=seconds)
            mine = {chat for chat in CHATS if chat in holder and holder[chat][0] == owner}
            if action == "claim":
                taken = {chat for chat in chats if is_free(chat) or chat in mine}
                assert lanes.claim(connection, chats, owner, now) == taken
            elif action == "claim_free":
                taken = {chat for chat in CHATS if is_free(chat)}
                assert set(lanes.claim_free(connection, owner, now, limit=99)) == taken
            elif action == "renew":
                taken = mine
                lanes.renew(connection, owner, now)
            else:
                taken = set()
                lanes.release(connection, owner, sorted(chats))
                holder = {chat: held for chat, held in holder.items() if chat not in mine & chats}
            holder |= dict.fromkeys(taken, (owner, now + LEASE))
            for someone in ("anna", "bernd", "carla"):
                expected = {chat for chat, (name, _) in holder.items() if name == someone}
                assert set(lanes.held(connection, someone)) == expected
        all_of_it.rollback()


@ONLY_POSTGRES
def test_a_lane_that_another_one_is_just_taking_is_passed_by(engine: Engine) -> None:
    with engine.begin() as connection:
        work_waits_on(connection, [1, 2])
    with engine.connect() as slow, slow.begin(), engine.connect() as quick, quick.begin():
        slow.execute(select(lane).where(lane.c.chat_id == 1).with_for_update())
        quick.exec_driver_sql("SET LOCAL lock_timeout = '2s'")  # waiting would be an error
        assert lanes.claim_free(quick, "bernd", NOW, limit=10) == [2]


def test_two_workers_never_hold_the_same_lane(engine: Engine) -> None:
    """Workers take lanes in both ways, work on them and give them back, as quickly as they can."""
    with engine.begin() as connection:
        work_waits_on(connection, CHATS)
    world = Workers(engine)
    threads = [threading.Thread(target=world.works, args=(f"worker-{seed}", seed)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert world.faults == []
    assert sum(world.worked.values()) > 50, "they did get to work"
    with engine.connect() as connection:
        assert {chat: messages_of(connection, chat) for chat in CHATS} == world.worked, "no work was lost"


class Workers:
    """Several processes in the small: threads with a connection each, and an eye on who holds what."""

    ROUNDS = 30

    def __init__(self, engine: Engine) -> None:
        self.faults: list[str] = []
        self.worked = dict.fromkeys(CHATS, 0)
        self._engine = engine
        self._holding: dict[int, str] = {}
        self._lock = threading.Lock()

    def works(self, owner: str, seed: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(self.ROUNDS):
                self._one_round(owner, chance)
        except Exception as error:
            self.faults.append(f"{owner}: {error!r}")

    def _one_round(self, owner: str, chance: random.Random) -> None:
        wanted = chance.sample(CHATS, 3)
        take: Callable[[Connection], set[int]] = chance.choice(
            [
                lambda connection: lanes.claim(connection, wanted, owner, NOW),
                lambda connection: set(lanes.claim_free(connection, owner, NOW, limit=3)),
            ]
        )
        with self._engine.begin() as connection:
            mine = take(connection)
        with self._lock:
            self.faults += [f"{owner} took {chat} from {self._holding[chat]}" for chat in mine & self._holding.keys()]
            self._holding |= dict.fromkeys(mine, owner)
        for chat in mine:
            with self._engine.begin() as connection:
                lanes.count_messages(connection, chat, owner, 1)
        with self._engine.begin() as connection:
            lanes.renew(connection, owner, NOW)
        with self._lock:
            for chat in mine:
                del self._holding[chat]
                self.worked[chat] += 1
        with self._engine.begin() as connection:
            lanes.release(connection, owner, chance.sample(sorted(mine), len(mine)))


def work_waits_on(connection: Connection, chats: range | list[int]) -> None:
    """Free lanes, a message to send on each."""
    for chat in chats:
        lanes.claim(connection, [chat], "gone", NOW)
        outbox.add(connection, chat, Kind.SEND, "", {"text": "x"}, NOW)
    lanes.release(connection, "gone")
