package io.thoughtbus.server.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The answers that Redis still owes one client, of which the last may be one to withhold. */
final class Replies {
    private static final int MOST_OWED = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int owed;
    private boolean withheld;
    private boolean ended;

    /** Notes a question before it is asked; waits if too many are open. */
    void expect() throws IOException {
        lock.lock();
        try {
            awaitFewerThan(MOST_OWED);
            owed++;
        } finally {
            lock.unlock();
        }
    }

    /** Notes a question whose answer the client must not hear, unless it is an error; every earlier one is answered. */
    void expectWithheld() {
        lock.lock();
        try {
            owed++;
            withheld = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the answer that has come may be handed on. */
    boolean mayPass(byte[] answer) {
        lock.lock();
        try {
            withheld &= answer[0] != '-' && answer[0] != '!';
            return !withheld;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that an answer has been dealt with. */
    void answered() {
        lock.lock();
        try {
            owed = Math.max(0, owed - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is owed.
     *
     * @return whether the last answer was withheld
     * @throws EOFException if the connection ends before
     */
    boolean awaitAll() throws IOException {
        lock.lock();
        try {
            awaitFewerThan(1);
            return withheld;
        } finally {
            lock.unlock();
        }
    }

    /** No more answers will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitFewerThan(int most) throws IOException {
        try {
            while (owed >= most) {
                if (ended) {
                    throw new EOFException("the connection to Redis has ended");
                }
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
