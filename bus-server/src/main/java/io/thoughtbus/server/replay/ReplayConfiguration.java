package io.thoughtbus.server.replay;

import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.LoopRunner;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts replays together: two at a time. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {

    @Bean
    LoopRunner firstReplayLoop(
            RedisReplays replays,
            ReplayBell bell,
            RedisJournal journal,
            Shards shards,
            Interests interests,
            Guard guard,
            Clock clock) {
        return new LoopRunner(new ReplayLoop(replays, bell, journal, shards, interests, guard, clock, 1));
    }

    @Bean
    LoopRunner secondReplayLoop(
            RedisReplays replays,
            ReplayBell bell,
            RedisJournal journal,
            Shards shards,
            Interests interests,
            Guard guard,
            Clock clock) {
        return new LoopRunner(new ReplayLoop(replays, bell, journal, shards, interests, guard, clock, 2));
    }
}
