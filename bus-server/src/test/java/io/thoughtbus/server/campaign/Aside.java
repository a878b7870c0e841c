package io.thoughtbus.server.campaign;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Something that is done again and again in a thread of its own, until it is enough or there is nothing to do. */
final class Aside implements AutoCloseable {
    private static final int LEAST_STEPS = 24;

    private final CompletableFuture<Void> work;
    private volatile boolean enough;
    private volatile boolean closed;

    /** Begins with the first step; a step that answers false is the last. */
    Aside(BooleanSupplier step) {
        work = CompletableFuture.runAsync(() -> run(step));
    }

    /** Waits until enough steps have been done; throws what a step has thrown. */
    void finish() {
        enough = true;
        work.join();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run(BooleanSupplier step) {
        boolean more = true;
        for (int steps = 0; more && !closed && !(enough && steps >= LEAST_STEPS); steps++) {
            more = step.getAsBoolean();
        }
    }
}
