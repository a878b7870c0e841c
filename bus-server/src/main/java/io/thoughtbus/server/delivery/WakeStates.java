package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks up what is left of the wakes that followed from recorded matches. */
@Component
public final class WakeStates {
    private final RedisClient redis;
    private final JsonMapper json;

    WakeStates(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** The states of the present wakes of some facts, in the order of their matches. */
    public List<WakeState> of(String namespace, List<MatchSet> sets) {
        List<Question> questions = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (MatchSet set : sets) {
                set.matches().forEach(match -> questions.add(ask(pipeline, namespace, set.fact(), match, false)));
                set.told().forEach(match -> questions.add(ask(pipeline, namespace, set.fact(), match, true)));
            }
        }
        return questions.stream().map(this::state).toList();
    }

    private static Question ask(Pipeline pipeline, String namespace, FactId fact, Match match, boolean retracted) {
        String subscription = match.interest().subscription();
        InboxKeys keys = new InboxKeys(new SubscriptionRef(namespace, subscription));
        String wake = new WakeId(fact, match.interest().revision(), retracted, null).toString();
        return new Question(
                fact,
                subscription,
                pipeline.zscore(keys.inbox(), wake),
                pipeline.hget(keys.attempts(), wake),
                pipeline.zscore(keys.dead(), wake),
                pipeline.hget(keys.epitaphs(), wake));
    }

    private WakeState state(Question question) {
        Double due = question.due().get();
        Double died = question.died().get();
        String epitaph = question.epitaph().get();
        if (due != null) {
            return owed(question, time(due));
        }
        if (died != null && epitaph != null) {
            JsonNode read = json.readTree(epitaph);
            String reason = read.get("reason").asString();
            return question.state(
                    WakeState.Kind.DEAD,
                    time(died),
                    read.get("attempts").asInt(),
                    read.get("cause").asString() + (reason.isEmpty() ? "" : ", " + reason));
        }
        return question.state(WakeState.Kind.GONE, null, 0, "");
    }

    private static WakeState owed(Question question, Instant due) {
        String state = question.attempts().get();
        if (state == null) {
            return question.state(WakeState.Kind.OWED, due, 0, "");
        }
        String[] parts = state.split("\\|", 4);
        WakeState.Kind kind = parts[1].isEmpty() ? WakeState.Kind.RESTING : WakeState.Kind.IN_HAND;
        return question.state(kind, due, Integer.parseInt(parts[0]), parts[3]);
    }

    private static Instant time(double milliseconds) {
        return Instant.ofEpochMilli((long) milliseconds);
    }

    private record Question(
            FactId fact,
            String subscription,
            Response<@Nullable Double> due,
            Response<@Nullable String> attempts,
            Response<@Nullable Double> died,
            Response<@Nullable String> epitaph) {

        WakeState state(WakeState.Kind kind, @Nullable Instant when, int attempt, String reason) {
            return new WakeState(fact, subscription, kind, when, attempt, reason);
        }
    }
}
