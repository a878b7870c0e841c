package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.server.web.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final SubscriptionRef MILITARY = new SubscriptionRef("shop", "military");
    private static final SubscriptionRef PARCELS = new SubscriptionRef("shop", "parcels");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WaitingRoom room = new WaitingRoom(Delivering.to(3), meters);

    @Test
    void servesThoseAtOneSubscriptionInTurn() {
        TakerInHand first = enter(MILITARY);
        TakerInHand second = enter(MILITARY);
        enter(PARCELS);

        assertThat(room.next(MILITARY)).contains(first);
        room.back(first);
        assertThat(room.next(MILITARY)).contains(second);
        assertThat(room.next(MILITARY)).contains(first);
    }

    @Test
    void servesNobodyTwiceAtOnceAndTellsAfterwardsThatSomebodyWasLookedFor() {
        TakerInHand taker = enter(MILITARY);
        assertThat(room.next(MILITARY)).contains(taker);
        assertThat(room.next(MILITARY)).isEmpty();

        assertThat(room.back(taker)).isTrue();
        assertThat(room.next(MILITARY)).contains(taker);
        assertThat(room.back(taker)).isFalse();
    }

    @Test
    void tellsThatSomebodyWasLookedForThoughTheOneServedHasLeft() {
        TakerInHand taker = enter(MILITARY);
        enter(PARCELS);
        room.next(MILITARY);
        TakerInHand other = enter(MILITARY);
        room.next(MILITARY);
        room.next(MILITARY);
        room.leave(taker);

        assertThat(room.back(taker)).isTrue();
        assertThat(room.back(other)).isFalse();
        assertThat(room.waitingAt(MILITARY)).isEqualTo(1);
    }

    @Test
    void sendsHomeWhoseTimeIsUpAndWhoIsBeingServedOnlyAfterwards() {
        TakerInHand idle = enter(MILITARY);
        room.sendHome(idle);
        assertThat(idle.dismissed()).isEqualTo(1);

        TakerInHand served = enter(MILITARY);
        room.next(MILITARY);
        room.sendHome(served);
        assertThat(served.dismissed()).isZero();
        assertThat(room.waitingAt(MILITARY)).isEqualTo(1);

        room.back(served);
        assertThat(served.dismissed()).isEqualTo(1);
        assertThat(room.subscriptions()).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void sendsAwayWhoIsBeingServedOnlyAfterwardsSoThatItDoesNotTakeElsewhereMeanwhile() {
        TakerInHand idle = enter(MILITARY);
        TakerInHand served = enter(PARCELS);
        room.next(PARCELS);

        room.close();
        assertThat(idle.dismissed()).isEqualTo(1);
        assertThat(served.dismissed()).isZero();

        room.back(served);
        assertThat(served.dismissed()).isEqualTo(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void hasNobodyToServeWhereNobodyWaits() {
        enter(PARCELS);

        assertThat(room.next(MILITARY)).isEmpty();
        assertThat(room.waitingAt(MILITARY)).isZero();
        assertThat(room.subscriptions()).containsExactly(PARCELS);
    }

    @Test
    void passesOverWhoIsNotReadyUntilItIs() {
        TakerInHand behind = enter(MILITARY);
        TakerInHand ready = enter(MILITARY);
        behind.setReady(false);

        assertThat(room.next(MILITARY)).contains(ready);
        room.back(ready);
        assertThat(room.next(MILITARY)).contains(ready);
        assertThat(room.next(MILITARY)).isEmpty();

        behind.setReady(true);
        assertThat(room.next(MILITARY)).contains(behind);
    }

    @Test
    void refusesOneMoreThanItHoldsUntilSomebodyLeaves() {
        TakerInHand first = enter(MILITARY);
        enter(MILITARY);
        enter(PARCELS);

        assertThatThrownBy(() -> enter(PARCELS))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("3 takes and streams wait already");
        assertThat(room.waitingAt(PARCELS)).isEqualTo(1);

        room.leave(first);
        enter(PARCELS);
        assertThat(room.waitingAt(PARCELS)).isEqualTo(2);
    }

    @Test
    void whoHasNotReadForLongestGivesWayWhenTheRoomIsFull() {
        TakerInHand reads = enter(MILITARY);
        TakerInHand behind = enter(MILITARY);
        TakerInHand longBehind = enter(PARCELS);
        behind.setBehind(Duration.ofSeconds(2));
        longBehind.setBehind(Duration.ofSeconds(3));

        enter(PARCELS);
        assertThat(longBehind.dismissed()).isEqualTo(1);
        enter(PARCELS);
        assertThat(behind.dismissed()).isEqualTo(1);

        reads.setBehind(Duration.ofMillis(900));
        assertThatThrownBy(() -> enter(PARCELS)).isInstanceOf(ProblemException.class);
        assertThat(waiting()).isEqualTo(3);
        assertThat(reads.dismissed()).isZero();
    }

    @Test
    void leavingTwiceMakesNoMoreRoomThanLeavingOnce() {
        TakerInHand first = enter(MILITARY);
        enter(MILITARY);
        enter(MILITARY);

        room.leave(first);
        room.leave(first);

        enter(MILITARY);
        assertThatThrownBy(() -> enter(MILITARY)).isInstanceOf(ProblemException.class);
    }

    @Test
    void sendsAwayAllWhoWaitAtASubscription() {
        TakerInHand first = enter(MILITARY);
        TakerInHand second = enter(MILITARY);
        TakerInHand stays = enter(PARCELS);

        room.dismiss(MILITARY);

        assertThat(first.dismissed()).isEqualTo(1);
        assertThat(second.dismissed()).isEqualTo(1);
        assertThat(stays.dismissed()).isZero();
        assertThat(room.subscriptions()).containsExactly(PARCELS);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void sendsAwayThoseOfWhomItIsTrue() {
        TakerInHand goes = enter(MILITARY);
        TakerInHand stays = enter(MILITARY);

        room.dismiss(MILITARY, waiter -> waiter == goes);

        assertThat(goes.dismissed()).isEqualTo(1);
        assertThat(room.next(MILITARY)).contains(stays);
    }

    @Test
    void countsRightlyWhateverComesAndGoesAtTheSameTime() throws Exception {
        WaitingRoom large = new WaitingRoom(Delivering.to(100), new SimpleMeterRegistry());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> visits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            visits.add(threads.submit(() -> {
                for (int visit = 0; visit < 2_000; visit++) {
                    TakerInHand taker = new TakerInHand(visit % 2 == 0 ? MILITARY : PARCELS);
                    large.enter(taker);
                    large.next(taker.order().subscription()).ifPresent(large::back);
                    large.leave(taker);
                }
            }));
        }
        for (Future<?> visit : visits) {
            visit.get();
        }
        threads.shutdown();

        assertThat(large.subscriptions()).isEmpty();
        for (int i = 0; i < 100; i++) {
            large.enter(new TakerInHand(MILITARY));
        }
        assertThatThrownBy(() -> large.enter(new TakerInHand(MILITARY))).isInstanceOf(ProblemException.class);
    }

    private TakerInHand enter(SubscriptionRef subscription) {
        TakerInHand taker = new TakerInHand(subscription);
        room.enter(taker);
        return taker;
    }

    private double waiting() {
        return meters.get("thoughtbus.delivery.waiting").gauge().value();
    }
}
