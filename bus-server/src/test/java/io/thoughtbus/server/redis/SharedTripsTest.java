package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedTripsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore returns = new Semaphore(0);
    private final List<List<Integer>> begun = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        returns.release(1_000);
        threads.shutdownNow();
    }

    @Test
    void aLoneThreadMakesItsTripItself() {
        SharedTrips<Integer, Thread> trips =
                new SharedTrips<>(bounds(1, 10, Duration.ofHours(1)), size -> size, all -> Thread.currentThread());

        assertThat(trips.join(1)).isSameAs(Thread.currentThread());
        assertThat(trips.join(1)).isSameAs(Thread.currentThread());
    }

    @Test
    void thoseWhoComeWhileATripIsUnderWayShareTheNext() {
        SharedTrips<Integer, Integer> trips = trips(bounds(1, 10, Duration.ZERO));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        List<CompletableFuture<Integer>> others = lineUp(trips, 1, 1, 1, 1);

        returns.release(2);

        assertThat(first.join()).isEqualTo(1);
        assertThat(others).extracting(CompletableFuture::join).containsOnly(4);
        assertThat(begun).extracting(List::size).containsExactly(1, 4);
    }

    @Test
    void noMoreGoTogetherThanFit() {
        SharedTrips<Integer, Integer> trips = trips(bounds(1, 10, Duration.ZERO));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        List<CompletableFuture<Integer>> others = lineUp(trips, 6, 4, 11, 9, 1, 1);

        returns.release(10);

        first.join();
        others.forEach(CompletableFuture::join);
        assertThat(begun).containsExactly(List.of(1), List.of(6, 4), List.of(11), List.of(9, 1), List.of(1));
    }

    @Test
    void asManyAreUnderWayAsThereAreLanes() {
        SharedTrips<Integer, Integer> trips = trips(bounds(3, 10, Duration.ZERO));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        CompletableFuture<Integer> second = join(trips, 2);
        awaitBegun(2);
        CompletableFuture<Integer> third = join(trips, 3);
        awaitBegun(3);

        CompletableFuture<Integer> fourth = join(trips, 4);
        await().atMost(LONG).until(() -> trips.waiting() == 1);

        assertThat(begun).containsExactly(List.of(1), List.of(2), List.of(3));
        returns.release(4);
        assertThat(List.of(first, second, third, fourth))
                .extracting(CompletableFuture::join)
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void theNextWaitsForMoreWhileOthersAreUnderWayButNotWhenTheyHaveReturned() {
        SharedTrips<Integer, Integer> trips = trips(bounds(3, 10, Duration.ofHours(1)));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        List<CompletableFuture<Integer>> others = List.of(join(trips, 2), join(trips, 3));
        await().atMost(LONG).until(() -> trips.waiting() == 1);

        assertThat(begun).containsExactly(List.of(1));
        returns.release(2);

        assertThat(first.join()).isEqualTo(1);
        assertThat(others).extracting(CompletableFuture::join).containsExactly(2, 2);
        assertThat(begun.get(1)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void theNextWaitsForMoreNoLongerThanItsPace() {
        SharedTrips<Integer, Integer> trips = trips(bounds(2, 10, Duration.ofMillis(50)));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);

        CompletableFuture<Integer> second = join(trips, 2);

        awaitBegun(2);
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void theFailureOfATripIsThatOfAllWhoSharedItAndOfNobodyElse() {
        SharedTrips<Integer, Integer> trips = new SharedTrips<>(bounds(1, 10, Duration.ZERO), size -> size, all -> {
            travel(all);
            if (all.contains(7)) {
                throw new IllegalArgumentException("seven");
            }
            return all.size();
        });
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        List<CompletableFuture<Integer>> failing = lineUp(trips, 7, 3);
        List<CompletableFuture<Integer>> fine = lineUp(trips, 8);

        returns.release(3);

        assertThat(first.join()).isEqualTo(1);
        assertThat(failing)
                .allSatisfy(one -> assertThatThrownBy(one::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCause(new IllegalArgumentException("seven")));
        assertThat(fine).extracting(CompletableFuture::join).containsExactly(1);
    }

    @Test
    void turnsAwayWhoHasWaitedTooLongAndDoesNothingForIt() {
        SharedTrips<Integer, Integer> trips =
                trips(new SharedTrips.Bounds(1, 10, Duration.ZERO, Duration.ofMillis(50)));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);

        assertThatThrownBy(() -> trips.join(2))
                .isInstanceOf(TripsBusyException.class)
                .hasMessageContaining("PT0.05S");

        returns.release(2);
        first.join();
        assertThat(trips.join(3)).isEqualTo(1);
        assertThat(begun).containsExactly(List.of(1), List.of(3));
    }

    @Test
    void whoIsInterruptedWhileWaitingGoesAndStaysInterrupted() {
        SharedTrips<Integer, Integer> trips = trips(bounds(1, 10, Duration.ZERO));
        CompletableFuture<Integer> first = join(trips, 1);
        awaitBegun(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                trips.join(2);
            } catch (TripsBusyException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        await().atMost(LONG).until(() -> trips.waiting() == 1);

        thread.interrupt();

        assertThat(interrupted.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
        assertThat(trips.waiting()).isZero();
        assertThat(first).isNotDone();
    }

    @Test
    void everyoneIsServedOnceThoughManyComeAtTheSameTime() {
        SharedTrips<Integer, List<Integer>> trips = new SharedTrips<>(bounds(2, 16, Duration.ZERO), size -> 1, all -> {
            begun.add(all);
            return all;
        });

        List<CompletableFuture<List<Integer>>> all = IntStream.range(0, 64)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 500)
                                .filter(i -> trips.join(thread * 500 + i).contains(thread * 500 + i))
                                .boxed()
                                .toList(),
                        threads))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).hasSize(500));
        assertThat(begun.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 32_000).boxed().toList());
        assertThat(begun).allSatisfy(trip -> assertThat(trip).hasSizeLessThanOrEqualTo(16));
    }

    private SharedTrips<Integer, Integer> trips(SharedTrips.Bounds bounds) {
        return new SharedTrips<>(bounds, size -> size, all -> {
            travel(all);
            return all.size();
        });
    }

    private void travel(List<Integer> all) {
        begun.add(all);
        returns.acquireUninterruptibly();
    }

    /** Lets threads join, one after the other, while all lanes are taken. */
    private List<CompletableFuture<Integer>> lineUp(SharedTrips<Integer, Integer> trips, int... sizes) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int size : sizes) {
            int waiting = trips.waiting();
            all.add(join(trips, size));
            await().atMost(LONG).until(() -> trips.waiting() == waiting + 1);
        }
        return all;
    }

    private CompletableFuture<Integer> join(SharedTrips<Integer, Integer> trips, int size) {
        return CompletableFuture.supplyAsync(() -> trips.join(size), threads);
    }

    private void awaitBegun(int count) {
        await().atMost(LONG).until(() -> begun.size() == count);
    }

    private static SharedTrips.Bounds bounds(int lanes, int together, Duration pace) {
        return new SharedTrips.Bounds(lanes, together, pace, LONG);
    }
}
