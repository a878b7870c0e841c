package io.thoughtbus.server.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Trips to Redis that many threads share: a thread that finds a lane free makes the trip itself and takes along what
 * others want done by then. So a lone thread loses nothing, and many need few trips.
 *
 * <p>While trips are under way, the next one waits for more to join it, but no longer than its pace. A trip's failure is
 * that of all who shared it.
 *
 * @param <T> what one thread wants done
 * @param <R> what a trip brings back for all who shared it
 */
public final class SharedTrips<T, R> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final Queue<Rider> waiting = new ArrayDeque<>();
    private final Bounds bounds;
    private final ToIntFunction<T> size;
    private final Function<List<T>, R> trip;
    private boolean gathering;
    private int underWay;

    /**
     * Trips of this kind.
     *
     * @param size what something counts for among the most that go together
     */
    public SharedTrips(Bounds bounds, ToIntFunction<T> size, Function<List<T>, R> trip) {
        this.bounds = bounds;
        this.size = size;
        this.trip = trip;
    }

    /**
     * Has something done on a trip that began after this call.
     *
     * @throws TripsBusyException if none begins in time; then nothing was done
     */
    public R join(T work) {
        Rider own = new Rider(work);
        lock.lock();
        try {
            waiting.add(own);
            callNext();
        } finally {
            lock.unlock();
        }
        return turn(own).get();
    }

    /** How many wait for a trip to begin. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private Supplier<R> turn(Rider own) {
        boolean interrupted = false;
        try {
            return own.turn.get(bounds.longestWait().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            requireTaken(own);
        } catch (InterruptedException e) {
            interrupted = true;
            requireTaken(own);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn came to nothing", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return own.turn.join();
    }

    private void requireTaken(Rider own) {
        lock.lock();
        try {
            if (waiting.remove(own)) {
                throw new TripsBusyException("Redis has not had time within " + bounds.longestWait());
            }
        } finally {
            lock.unlock();
        }
    }

    private R lead(Rider own) {
        List<Rider> riders = gather(own);
        Supplier<R> outcome = () -> {
            throw new IllegalStateException("the trip did not return");
        };
        try {
            R brought = trip.apply(riders.stream().map(rider -> rider.work).toList());
            outcome = () -> brought;
        } catch (RuntimeException e) {
            outcome = () -> {
                throw e;
            };
        } finally {
            dismiss(own, riders, outcome);
        }
        return outcome.get();
    }

    private List<Rider> gather(Rider own) {
        List<Rider> riders = new ArrayList<>(List.of(own));
        lock.lock();
        try {
            long left = bounds.pace().toNanos();
            while (underWay > 0 && left > 0) {
                left = returned.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            int together = size.applyAsInt(own.work);
            for (Rider next = waiting.peek(); next != null; next = waiting.peek()) {
                together += size.applyAsInt(next.work);
                if (together > bounds.together()) {
                    break;
                }
                riders.add(waiting.remove());
            }
            underWay++;
            gathering = false;
            callNext();
            lock.unlock();
        }
        return riders;
    }

    private void dismiss(Rider own, List<Rider> riders, Supplier<R> outcome) {
        lock.lock();
        try {
            underWay--;
            returned.signal();
            callNext();
        } finally {
            lock.unlock();
        }
        riders.stream().filter(rider -> rider != own).forEach(rider -> rider.turn.complete(outcome));
    }

    /** Lets the first who waits gather the next trip, if a lane is free and nobody gathers one already. */
    private void callNext() {
        if (!gathering && underWay < bounds.lanes() && !waiting.isEmpty()) {
            gathering = true;
            Rider next = waiting.remove();
            next.turn.complete(() -> lead(next));
        }
    }

    /**
     * How trips go.
     *
     * @param lanes how many may be under way at the same time
     * @param together the most that go together; what is more by itself goes alone
     * @param pace how long the next trip waits for more while others are under way
     * @param longestWait how long to wait for a trip to begin
     */
    public record Bounds(int lanes, int together, Duration pace, Duration longestWait) {}

    private final class Rider {
        private final T work;
        private final CompletableFuture<Supplier<R>> turn = new CompletableFuture<>();

        private Rider(T work) {
            this.work = work;
        }
    }
}
