package io.thoughtbus.server.loop;

import java.time.Duration;

/** Work that is done again and again by one thread. */
public interface Loop extends AutoCloseable {
    /** The thread's name. */
    String name();

    /**
     * Does what there is to do and returns; waits a second at most for something to come.
     *
     * @return how much was done; 0 lets the thread rest
     */
    int doWork() throws InterruptedException;

    /** How long to rest when there was nothing to do. */
    Duration rest();

    /** Called by another thread when the work is to end, for what an interrupt does not reach. */
    default void stop() {}

    /** Called once by the thread when the work ends for good. */
    @Override
    default void close() {}
}
