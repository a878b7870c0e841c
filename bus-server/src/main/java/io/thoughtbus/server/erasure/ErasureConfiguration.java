package io.thoughtbus.server.erasure;

import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts erasure together. */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

    @Bean
    LoopRunner erasureLoop(RedisFunctions functions, RedisErasures erasures, ErasureRun run, Rewriting rewriting) {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:erasure"), ErasureLoop.LEASE);
        return new LoopRunner(new ErasureLoop(lease, erasures, run, rewriting));
    }
}
