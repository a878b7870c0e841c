package io.thoughtbus.server.delivery;

import io.thoughtbus.server.delivery.WakeReader.WakeContent;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ZRangeParams;

/** Finds the wakes of an inbox whose facts' lifetimes have ended while nobody held them. */
@Component
final class ExpiredWakes {
    private static final int FIRST_LOOK = 16;
    private static final int TOGETHER = 256;

    private final RedisClient redis;
    private final WakeReader reader;
    private final RedisTime time;

    ExpiredWakes(RedisClient redis, WakeReader reader, RedisTime time) {
        this.redis = redis;
        this.reader = reader;
        this.time = time;
    }

    /**
     * Makes dead letters of them, and returns how many there were. It looks at those due first, and goes on as long as it
     * finds any: what expires behind others that last is found when somebody takes it.
     */
    long bury(SubscriptionRef subscription) {
        long buried = 0;
        int page = FIRST_LOOK;
        long now;
        do {
            List<Handover.Given> expired = expired(subscription, page);
            now = expired.isEmpty() ? 0 : reader.giveUp(subscription, expired, 0);
            buried += now;
            page = TOGETHER;
        } while (now > 0);
        return buried;
    }

    private List<Handover.Given> expired(SubscriptionRef subscription, int most) {
        InboxKeys keys = new InboxKeys(subscription);
        Instant now = time.now();
        List<String> due = redis.zrange(
                keys.inbox(),
                ZRangeParams.zrangeByScoreParams(0, (double) now.toEpochMilli()).limit(0, most));
        if (due.isEmpty()) {
            return List.of();
        }
        Map<String, WakeContent> contents = reader.contents(subscription, due);
        List<@Nullable String> states = redis.hmget(keys.attempts(), due.toArray(String[]::new));
        List<Handover.Given> expired = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            String wake = due.get(i);
            if (Objects.requireNonNull(contents.get(wake)).isOver(now)) {
                expired.add(new Handover.Given(wake, attempts(states.get(i)), 0));
            }
        }
        return expired;
    }

    private static int attempts(@Nullable String state) {
        return state == null ? 0 : Integer.parseInt(state.substring(0, state.indexOf('|')));
    }
}
