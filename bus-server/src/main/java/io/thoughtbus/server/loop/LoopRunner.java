package io.thoughtbus.server.loop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread of a loop: starts and stops it with the application, and lets no failure end it. */
public final class LoopRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LoopRunner.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Loop loop;
    private volatile @Nullable Thread thread;
    private volatile boolean stopping;

    /** A runner that has not started yet. */
    public LoopRunner(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void start() {
        stopping = false;
        Thread started = new Thread(this::run, loop.name());
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        stopping = true;
        loop.stop();
        running.interrupt();
        try {
            running.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            log.warn("{} did not stop within {}", loop.name(), LONGEST_STOP);
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            try {
                if (loop.doWork() == 0) {
                    Thread.sleep(loop.rest().toMillis());
                }
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                log.debug("{} was interrupted", loop.name());
            } catch (RuntimeException e) {
                pause = recover(e, pause);
            }
        }
        loop.close();
    }

    private Duration recover(RuntimeException e, Duration pause) {
        if (stopping) {
            log.debug("{} failed while it stopped", loop.name(), e);
            return pause;
        }
        log.warn("{} failed and tries again in {}: {}", loop.name(), pause, e.toString());
        log.debug("{} failed", loop.name(), e);
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException interrupted) {
            log.debug("{} was interrupted while it paused", loop.name());
        }
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
