package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.StreamEntryID;

class CursorsTest {
    private static final AtomicInteger NEXT_SHARD = new AtomicInteger(2_000);
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final String namespace = Fresh.namespace();
    private final ClockInHand clock = new ClockInHand();
    private final RedisLane lane =
            new RedisLane(RedisInHand.functions(), NEXT_SHARD.getAndIncrement(), Duration.ofMinutes(5), "model guard");
    private final Cursors cursors = new Cursors(lane, clock);

    @BeforeEach
    void claimTheShard() {
        lane.claim(namespace);
    }

    @Test
    void aPositionIsWrittenAFewTimesASecond() {
        cursors.reached(namespace, at(1));
        cursors.writeDue();
        assertThat(written()).isEqualTo(at(0));

        clock.pass(Duration.ofMillis(150));
        cursors.reached(namespace, at(2));
        cursors.writeDue();
        assertThat(written()).isEqualTo(at(0));

        clock.pass(Duration.ofMillis(50));
        cursors.writeDue();
        assertThat(written()).isEqualTo(at(2));
    }

    @Test
    void theDispatcherRestsNoLongerThanUntilTheNextWrite() {
        assertThat(cursors.rest(LONGEST)).isEqualTo(LONGEST);

        cursors.reached(namespace, at(1));
        assertThat(cursors.rest(LONGEST)).isEqualTo(Duration.ofMillis(200));

        clock.pass(Duration.ofSeconds(3));
        assertThat(cursors.rest(LONGEST)).isEqualTo(Duration.ofMillis(1));

        cursors.writeDue();
        assertThat(cursors.rest(LONGEST)).isEqualTo(LONGEST);
    }

    @Test
    void whatIsForgottenIsNotWritten() {
        cursors.reached(namespace, at(1));
        cursors.forget();

        clock.pass(Duration.ofSeconds(3));
        cursors.writeDue();
        cursors.write();

        assertThat(written()).isEqualTo(at(0));
    }

    private StreamEntryID written() {
        return lane.claim(namespace).cursor();
    }

    private static StreamEntryID at(long milliseconds) {
        return new StreamEntryID(milliseconds, 0);
    }
}
