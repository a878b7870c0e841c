package io.thoughtbus.server.campaign;

import java.time.Duration;
import java.util.function.Supplier;

/** Tells every few seconds how far a run has come. */
final class Progress {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private long told = System.nanoTime();

    void tell(Supplier<String> state) {
        if (System.nanoTime() - told > EVERY.toNanos()) {
            told = System.nanoTime();
            System.out.println("… " + state.get());
        }
    }
}
