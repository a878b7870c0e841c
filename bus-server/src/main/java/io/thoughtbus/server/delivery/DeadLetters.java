package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.DeadLetter;
import io.thoughtbus.protocol.DeadLetterPage;
import io.thoughtbus.protocol.Revived;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.subscription.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.Tuple;
import tools.jackson.databind.json.JsonMapper;

/** The wakes that were given up: seen, explained and revived. Each subscription has 10,000 at most, the youngest. */
@Component
final class DeadLetters {
    private static final int MOST_TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final WakeReader reader;
    private final Ring ring;
    private final JsonMapper json;

    DeadLetters(RedisClient redis, RedisFunctions functions, WakeReader reader, Ring ring, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.reader = reader;
        this.ring = ring;
        this.json = json;
    }

    /** Some dead letters, the oldest first. */
    DeadLetterPage list(SubscriptionRef subscription, long skip, int most) {
        InboxKeys keys = open(subscription);
        functions.call(RedisFunction.BURY_WAKES, keys.all(), List.of(MOST_TOGETHER, keys.heldPrefix()));
        List<Tuple> dead = redis.zrangeWithScores(keys.dead(), skip, skip + most);
        String counted = redis.hget(keys.meta(), "dropped");
        long dropped = counted == null ? 0 : Long.parseLong(counted);
        List<Tuple> page = dead.subList(0, Math.min(most, dead.size()));
        if (page.isEmpty()) {
            return new DeadLetterPage(List.of(), null, dropped);
        }
        List<String> wakes = page.stream().map(Tuple::getElement).toList();
        List<@Nullable String> epitaphs = redis.hmget(keys.epitaphs(), wakes.toArray(String[]::new));
        Map<String, WakeReader.WakeContent> contents = reader.contents(subscription, wakes);
        List<DeadLetter> letters = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            String epitaph = epitaphs.get(i);
            WakeReader.WakeContent content = contents.get(wakes.get(i));
            if (epitaph != null && content != null) {
                letters.add(letter(page.get(i), json.readValue(epitaph, Epitaph.class), content));
            }
        }
        return new DeadLetterPage(letters, dead.size() > most ? Long.toString(skip + most) : null, dropped);
    }

    /** Owes dead letters again: those named, or all. */
    Revived revive(SubscriptionRef subscription, List<String> wakes) {
        InboxKeys keys = open(subscription);
        List<Object> arguments = new ArrayList<>();
        arguments.add(MOST_TOGETHER);
        arguments.addAll(wakes);
        long revived = 0;
        long now;
        do {
            now = (Long) functions.call(
                    RedisFunction.REVIVE_WAKES,
                    List.of(keys.inbox(), keys.dead(), keys.epitaphs(), keys.meta()),
                    arguments);
            revived += now;
        } while (wakes.isEmpty() && now == MOST_TOGETHER);
        ring.ring(List.of(subscription));
        return new Revived(revived);
    }

    private InboxKeys open(SubscriptionRef subscription) {
        InboxKeys keys = new InboxKeys(subscription);
        if (!redis.exists(keys.meta())) {
            throw Subscriptions.notFound(subscription.id());
        }
        return keys;
    }

    private static DeadLetter letter(Tuple dead, Epitaph epitaph, WakeReader.WakeContent content) {
        DeadLetter.Cause cause = DeadLetter.Cause.valueOf(epitaph.cause().toUpperCase(Locale.ROOT));
        return new DeadLetter(
                dead.getElement(),
                cause,
                explanation(cause, epitaph),
                epitaph.attempts(),
                Instant.ofEpochMilli((long) dead.getScore()),
                content.match().score(),
                content.match().threshold(),
                content.match().version(),
                content.replay(),
                cause == DeadLetter.Cause.ERASED ? null : content.fact());
    }

    private static String explanation(DeadLetter.Cause cause, Epitaph epitaph) {
        String how = switch (cause) {
            case REFUSED -> "the subscriber refused it in attempt " + epitaph.attempts();
            case EXHAUSTED -> "the subscriber deferred it in attempt " + epitaph.attempts() + ", which was the last";
            case EXPIRED -> "the lifetime of its fact ended before it was done";
            case ERASED -> "its fact was erased";
            case UNANSWERED ->
                "the lease of attempt " + epitaph.attempts() + ", which was the last, ran out without a verdict";
        };
        return epitaph.reason().isEmpty() ? how : how + "; its last reason was: " + epitaph.reason();
    }

    /** What is kept about a wake that was given up. */
    private record Epitaph(String cause, int attempts, String reason) {}
}
