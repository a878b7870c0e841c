package io.thoughtbus.server.faults;

/** Makes threads of a proxy and ends them. */
final class Threads {
    private Threads() {}

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Waits until a thread has ended, unless it is the caller's own.
     *
     * @throws IllegalStateException if it does not
     */
    static void join(Thread thread, long atMostMillis) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(atMostMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("thread " + thread.getName() + " does not end");
        }
    }
}
