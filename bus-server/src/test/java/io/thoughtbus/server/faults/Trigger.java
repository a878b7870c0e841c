package io.thoughtbus.server.faults;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Waits for a command to pass a {@link FaultProxy}, does something, and has the command's connection closed. */
public final class Trigger {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String name;
    private final int first;
    private final int last;
    private final Moment moment;
    private final Runnable action;
    private int met;
    private int firing;
    private int fired;
    private boolean disarmed;
    private @Nullable Throwable failure;

    Trigger(String name, int first, int last, Moment moment, Runnable action) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("the number of a command must be at least 1 but was " + first);
        }
        this.name = name;
        this.first = first;
        this.last = last;
        this.moment = moment;
        this.action = action;
    }

    /** How often it has fired, its action done. */
    public int fired() {
        lock.lock();
        try {
            return fired;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it has fired for the first time.
     *
     * @throws IllegalStateException if it has not in time, or its action failed
     */
    public void awaitFired(Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (fired == 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (failure != null) {
                throw new IllegalStateException("the action of the trigger on " + name + " failed", failure);
            }
            if (fired == 0) {
                throw new IllegalStateException(
                        name + " was met " + met + " times in " + atMost + ", awaited " + first);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Makes it wait no longer. */
    public void disarm() {
        lock.lock();
        try {
            disarmed = true;
        } finally {
            lock.unlock();
        }
    }

    Moment moment() {
        return moment;
    }

    boolean isArmed() {
        lock.lock();
        try {
            return !disarmed && (met < last || firing > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of a command. Answers whether to fire at it. */
    boolean meets(Request request) {
        lock.lock();
        try {
            if (disarmed || met >= last || !request.is(name)) {
                return false;
            }
            met++;
            firing += met >= first ? 1 : 0;
            return met >= first;
        } finally {
            lock.unlock();
        }
    }

    /** It did not fire at the command that it met, and waits for the next. */
    void missed() {
        lock.lock();
        try {
            met--;
            firing--;
        } finally {
            lock.unlock();
        }
    }

    void fire() {
        Throwable thrown = null;
        try {
            action.run();
        } catch (RuntimeException | AssertionError e) {
            thrown = e;
        }
        lock.lock();
        try {
            firing--;
            fired++;
            failure = thrown == null ? failure : thrown;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
