package io.thoughtbus.server.delivery;

import io.thoughtbus.server.loop.LoopRunner;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** The dispatchers of all shards, started and stopped together. */
final class Lanes implements SmartLifecycle {
    private final List<LoopRunner> runners;

    Lanes(List<LoopRunner> runners) {
        this.runners = List.copyOf(runners);
    }

    @Override
    public void start() {
        runners.forEach(LoopRunner::start);
    }

    @Override
    public void stop() {
        runners.parallelStream().forEach(LoopRunner::stop);
    }

    @Override
    public boolean isRunning() {
        return runners.stream().anyMatch(LoopRunner::isRunning);
    }
}
