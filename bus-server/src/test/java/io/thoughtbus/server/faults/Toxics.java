package io.thoughtbus.server.faults;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What is wrong with the network now. Whoever waits because of it goes on as soon as that is over. */
final class Toxics {
    private static final int PIECES_A_SECOND = 20;

    /** What becomes of bytes that go one way. */
    enum Flow {
        OPEN,
        HELD,
        DROPPED
    }

    /** How many of some bytes to hand on at once, and how long to rest then. */
    record Step(int bytes, long restNanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Random random = new Random(1);
    private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);
    private Duration latency = Duration.ZERO;
    private Duration jitter = Duration.ZERO;
    private long bytesPerSecond;
    private int slice;
    private Duration pause = Duration.ZERO;
    private long changes;

    void delay(Duration usual, Duration deviation) {
        change(() -> {
            latency = usual;
            jitter = deviation;
        });
    }

    void limit(long rate) {
        change(() -> bytesPerSecond = rate);
    }

    void slice(int bytes, Duration between) {
        change(() -> {
            slice = bytes;
            pause = between;
        });
    }

    void set(Direction direction, Flow flow) {
        change(() -> flows.put(direction, flow));
    }

    void heal() {
        change(() -> {
            latency = Duration.ZERO;
            jitter = Duration.ZERO;
            bytesPerSecond = 0;
            slice = 0;
            pause = Duration.ZERO;
            flows.clear();
        });
    }

    /** Makes all who wait look up. */
    void stir() {
        change(() -> {});
    }

    Flow flow(Direction direction) {
        lock.lock();
        try {
            return flows.getOrDefault(direction, Flow.OPEN);
        } finally {
            lock.unlock();
        }
    }

    /** What becomes of bytes that go this way, once they are not held; whoever loses them says so before anyone heals. */
    Flow decide(Direction direction, BooleanSupplier ended, Runnable losing) throws InterruptedIOException {
        lock.lock();
        try {
            Flow decided = await(direction, Flow.HELD, ended);
            if (decided == Flow.DROPPED) {
                losing.run();
            }
            return decided;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until bytes pass this way. */
    void awaitOpen(Direction direction, BooleanSupplier ended) throws InterruptedIOException {
        while (!ended.getAsBoolean() && await(direction, Flow.HELD, ended) != Flow.OPEN) {
            await(direction, Flow.DROPPED, ended);
        }
    }

    /** How long the next bytes are to be late. */
    long lateNanos() {
        lock.lock();
        try {
            long deviation = Math.round((2 * random.nextDouble() - 1) * jitter.toNanos());
            return Math.max(0, latency.toNanos() + deviation);
        } finally {
            lock.unlock();
        }
    }

    Step step(int bytes) {
        lock.lock();
        try {
            long most = slice == 0 ? bytes : slice;
            long rest = slice == 0 ? 0 : pause.toNanos();
            if (bytesPerSecond > 0) {
                most = Math.min(most, Math.max(1, bytesPerSecond / PIECES_A_SECOND));
                rest += TimeUnit.SECONDS.toNanos(1) * Math.min(bytes, most) / bytesPerSecond;
            }
            return new Step((int) Math.min(bytes, most), rest);
        } finally {
            lock.unlock();
        }
    }

    /** Rests, unless something changes. */
    void rest(long nanos, BooleanSupplier ended) throws InterruptedIOException {
        lock.lock();
        try {
            long before = changes;
            long left = nanos;
            while (left > 0 && changes == before && !ended.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private Flow await(Direction direction, Flow past, BooleanSupplier ended) throws InterruptedIOException {
        lock.lock();
        try {
            while (flow(direction) == past && !ended.getAsBoolean()) {
                changed.await();
            }
            return flow(direction);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }
}
