package io.thoughtbus.server.faults;

import io.thoughtbus.server.faults.Toxics.Flow;
import io.thoughtbus.server.faults.Toxics.Step;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * One direction of one connection: hands bytes on as the network lets it. A far side that has gone is no failure: what
 * it would have got is thrown away.
 */
final class Pipe {
    private static final int BUFFER = 64 * 1024;

    private final Direction direction;
    private final Toxics toxics;
    private final Counters counters;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean ended;
    private volatile boolean lossy;
    private volatile boolean deaf;
    private boolean fresh;

    Pipe(Direction direction, Toxics toxics, Counters counters, InputStream in, OutputStream out) {
        this.direction = direction;
        this.toxics = toxics;
        this.counters = counters;
        this.in = in;
        this.out = new BufferedOutputStream(out, BUFFER);
    }

    /** What comes in. Whoever waits for more of it has handed on all that came before. */
    InputStream in() {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                flush();
                int read = super.read(bytes, offset, length);
                fresh = true;
                return read;
            }
        };
    }

    /** Hands bytes on: late, slowly, in slices, when a partition is over, or not at all. */
    void send(byte[] bytes) throws InterruptedIOException {
        if (fresh) {
            fresh = false;
            delay();
        }
        int at = 0;
        while (at < bytes.length) {
            if (isDropped(bytes.length - at)) {
                return;
            }
            Step step = toxics.step(bytes.length - at);
            write(bytes, at, step.bytes());
            counters.add(
                    direction == Direction.TO_REDIS ? Counted.BYTES_TO_REDIS : Counted.BYTES_TO_CLIENT, step.bytes());
            if (step.bytes() < bytes.length - at || step.restNanos() > 0) {
                flush();
                counters.add(Counted.SLICED_BYTES, step.bytes());
                toxics.rest(step.restNanos(), () -> ended);
            }
            at += step.bytes();
        }
    }

    void flush() {
        try {
            if (!deaf) {
                out.flush();
            }
        } catch (IOException farSideGone) {
            deaf = true;
        }
    }

    /** Waits until the news that one side has ended could reach the other. */
    void awaitOpen() throws InterruptedIOException {
        toxics.awaitOpen(direction, () -> ended);
    }

    /** Whether bytes were lost on the way, so that nothing that follows them makes sense. */
    boolean isLossy() {
        return lossy;
    }

    void end() {
        ended = true;
        toxics.stir();
    }

    private void write(byte[] bytes, int offset, int length) {
        try {
            if (!deaf) {
                out.write(bytes, offset, length);
            }
        } catch (IOException farSideGone) {
            deaf = true;
        }
    }

    private void delay() throws InterruptedIOException {
        long late = toxics.lateNanos();
        if (late > 0) {
            counters.add(Counted.DELAYS, 1);
            toxics.rest(late, () -> ended);
        }
    }

    private boolean isDropped(int bytes) throws InterruptedIOException {
        if (toxics.flow(direction) == Flow.HELD) {
            counters.add(Counted.HELD_BYTES, bytes);
        }
        boolean dropped = toxics.decide(direction, () -> ended, () -> lossy = true) == Flow.DROPPED || lossy;
        if (dropped) {
            counters.add(Counted.DROPPED_BYTES, bytes);
        }
        return dropped;
    }
}
