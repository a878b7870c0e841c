package io.thoughtbus.server.replay;

import io.thoughtbus.server.loop.LoopRunner;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts replays together: of subscriptions two at a time, of namespaces one. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    @Bean
    LoopRunner firstReplayLoop(RedisReplays replays, ReplayRuns runs, ReplayBells bells, Clock clock) {
        return new LoopRunner(new ReplayLoop(replays, runs, bells.subscriptions(), clock, 1));
    }

    @Bean
    LoopRunner secondReplayLoop(RedisReplays replays, ReplayRuns runs, ReplayBells bells, Clock clock) {
        return new LoopRunner(new ReplayLoop(replays, runs, bells.subscriptions(), clock, 2));
    }

    @Bean
    LoopRunner comparisonLoop(RedisComparisons comparisons, ComparisonRuns runs, ReplayBells bells, Clock clock) {
        return new LoopRunner(new ComparisonLoop(comparisons, runs, bells.namespaces(), clock));
    }
}
