package io.thoughtbus.server.journal;

import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.UnsuitableRedisException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.RedisClient;

/** Puts the journal together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JournalProperties.class)
class JournalConfiguration {
    private static final String SETTINGS = RedisKeys.registry("settings");

    /** The shards that this Redis was first used with: subjects would change their shard with another number. */
    @Bean
    Shards shards(RedisClient redis, JournalProperties properties) {
        redis.hsetnx(SETTINGS, "shards", Integer.toString(properties.shards()));
        int fixed = Integer.parseInt(redis.hget(SETTINGS, "shards"));
        if (fixed != properties.shards()) {
            throw new UnsuitableRedisException(
                    "thoughtbus.journal.shards is " + properties.shards() + " but this Redis was first used with "
                            + fixed + ", which cannot change",
                    "Set thoughtbus.journal.shards=" + fixed + ", or name another Redis in thoughtbus.redis.uri.");
        }
        return new Shards(fixed);
    }

    @Bean
    RedisJournal journal(RedisClient redis, FactCodec codec) {
        return new RedisJournal(redis, codec);
    }

    @Bean
    WholeJournal wholeJournal(
            RedisClient redis, RedisJournal journal, FactCodec codec, ObjectProvider<JournalArchive> archive) {
        return new WholeJournal(redis, journal, codec, archive.getIfAvailable());
    }
}
