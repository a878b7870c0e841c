package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BellsTest {
    private static final SubscriptionRef MILITARY = new SubscriptionRef("shop", "military");
    private static final SubscriptionRef PARCELS = new SubscriptionRef("shop", "parcels");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ClockInHand clock = new ClockInHand();
    private final WaitingRoom room = new WaitingRoom(Delivering.to(100), new SimpleMeterRegistry());
    private final Bells bells = new Bells(room, clock);

    @BeforeEach
    void letSomebodyWait() {
        room.enter(new TakerInHand(MILITARY));
        room.enter(new TakerInHand(PARCELS));
    }

    @Test
    void ringsOnceForManyReasons() throws InterruptedException {
        bells.ring(MILITARY);
        bells.ring(List.of(MILITARY, MILITARY));
        bells.ringAfter(MILITARY, Duration.ZERO);

        assertThat(rung()).containsExactly(MILITARY);
        assertThat(rung()).isEmpty();
    }

    @Test
    void ringsAtItsTimeAndNotBefore() throws InterruptedException {
        bells.ringAfter(MILITARY, SECOND);

        assertThat(rung()).isEmpty();

        clock.pass(SECOND);
        assertThat(rung()).containsExactly(MILITARY);
    }

    @Test
    void ringsAtTheEarliestOfSeveralTimesAndThenNoMore() throws InterruptedException {
        bells.ringAfter(MILITARY, SECOND.multipliedBy(9));
        bells.ringAfter(MILITARY, SECOND);
        bells.ringAfter(MILITARY, SECOND.multipliedBy(5));

        clock.pass(SECOND);
        assertThat(rung()).containsExactly(MILITARY);

        clock.pass(SECOND.multipliedBy(10));
        assertThat(rung()).isEmpty();
    }

    @Test
    void ringsNowAlthoughItWouldRingLater() throws InterruptedException {
        bells.ringAfter(MILITARY, SECOND);
        bells.ring(MILITARY);

        assertThat(rung()).containsExactly(MILITARY);
    }

    @Test
    void ringsAgainAfterItHasRung() throws InterruptedException {
        bells.ring(MILITARY);
        assertThat(rung()).containsExactly(MILITARY);

        bells.ring(MILITARY);
        assertThat(rung()).containsExactly(MILITARY);
    }

    @Test
    void doesNotRingWhereNobodyWaits() throws InterruptedException {
        bells.ring(new SubscriptionRef("shop", "deserted"));

        assertThat(rung()).isEmpty();
    }

    @Test
    void theEarliestRingsFirst() throws InterruptedException {
        bells.ringAfter(MILITARY, SECOND.multipliedBy(2));
        bells.ringAfter(PARCELS, SECOND);
        clock.pass(SECOND.multipliedBy(3));

        assertThat(bells.rung(1, 0)).containsExactly(PARCELS);
        assertThat(bells.rung(1, 0)).containsExactly(MILITARY);
    }

    @Test
    void givesAtMostAsManyAsAskedForAndKeepsTheRest() throws InterruptedException {
        List<SubscriptionRef> many = IntStream.range(0, 20)
                .mapToObj(i -> new SubscriptionRef("shop", "s" + i))
                .toList();
        many.forEach(subscription -> room.enter(new TakerInHand(subscription)));
        bells.ring(many);
        Set<SubscriptionRef> all = new HashSet<>();

        for (int turn = 0; turn < 4; turn++) {
            List<SubscriptionRef> rung = bells.rung(5, 0);
            assertThat(rung).hasSize(5);
            all.addAll(rung);
        }

        assertThat(all).containsExactlyInAnyOrderElementsOf(many);
    }

    private List<SubscriptionRef> rung() throws InterruptedException {
        return bells.rung(10, 0);
    }
}
