package io.thoughtbus.server.campaign;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Something that is done again and again in a thread of its own, until it is enough or there is nothing to do. */
final class Aside implements AutoCloseable {
    private final CompletableFuture<Void> work;
    private volatile boolean enough;

    /** Begins with the first step; a step that answers false is the last. */
    Aside(BooleanSupplier step) {
        work = CompletableFuture.runAsync(() -> run(step));
    }

    /** Waits for the step under way; throws what a step has thrown. */
    void finish() {
        enough = true;
        work.join();
    }

    @Override
    public void close() {
        enough = true;
    }

    private void run(BooleanSupplier step) {
        boolean more = true;
        while (more && !enough) {
            more = step.getAsBoolean();
        }
    }
}
