package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The record of all matches: under each fact's position, once and for good, whom it woke and for whom the guard
 * stopped it. A fact without an entry that comes before the shard's cursor did neither.
 */
public final class RedisMatchJournal {
    private static final String MATCHES = "matches";

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final JsonMapper json;

    /** The record as kept through one client. */
    public RedisMatchJournal(RedisClient redis, RedisFunctions functions, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.json = json;
    }

    /**
     * Queues the recording of the matches of one shard, in the facts' order; facts without any leave no entry.
     *
     * @param token of the server, which must have claimed the shard
     */
    public Response<Object> record(Pipeline pipeline, String namespace, int shard, String token, List<MatchSet> sets) {
        List<String> arguments = new ArrayList<>(List.of(token));
        for (MatchSet set : sets) {
            if (!set.isEmpty()) {
                arguments.add(RedisJournal.position(set.fact()));
                arguments.add(encode(set));
            }
        }
        return functions.call(
                pipeline,
                RedisFunction.RECORD_MATCHES,
                List.of(key(namespace, shard), dispatch(namespace, shard)),
                arguments);
    }

    /**
     * Whether all was recorded now.
     *
     * @return false if something else had been recorded before for one of the facts
     */
    public static boolean isRecorded(Response<Object> answer) {
        return ((List<?>) answer.get()).stream().allMatch(Long.valueOf(0)::equals);
    }

    /** What was recorded for a shard's facts in a range of positions, both included. */
    public List<MatchSet> range(String namespace, int shard, FactId from, FactId to) {
        return redis
                .xrange(
                        key(namespace, shard),
                        new StreamEntryID(from.milliseconds(), from.sequence()),
                        new StreamEntryID(to.milliseconds(), to.sequence()))
                .stream()
                .map(entry -> decode(shard, entry))
                .toList();
    }

    /** The record of one subscription's match with a fact. */
    public Optional<Match> find(String namespace, FactId fact, InterestRef interest) {
        return range(namespace, fact.shard(), fact, fact).stream()
                .flatMap(set -> set.matches().stream())
                .filter(match -> match.interest().equals(interest))
                .findFirst();
    }

    private String encode(MatchSet set) {
        ArrayNode matches = json.createArrayNode();
        set.matches().forEach(match -> encode(matches, match));
        set.stopped()
                .forEach(stop -> encode(matches, stop.match()).add(stop.by().name()));
        return json.writeValueAsString(matches);
    }

    private static ArrayNode encode(ArrayNode matches, Match match) {
        return matches.addArray()
                .add(match.interest().subscription())
                .add(match.interest().revision())
                .add(match.version())
                .add(match.score())
                .add(match.threshold());
    }

    private MatchSet decode(int shard, StreamEntry entry) {
        List<Match> matches = new ArrayList<>();
        List<MatchSet.Stop> stopped = new ArrayList<>();
        for (JsonNode stored : json.readTree(entry.getFields().get("m"))) {
            Match match = new Match(
                    new InterestRef(stored.get(0).asString(), stored.get(1).asLong()),
                    stored.get(2).asInt(),
                    stored.get(3).asDouble(),
                    stored.get(4).asDouble());
            if (stored.has(5)) {
                stopped.add(
                        new MatchSet.Stop(match, Qualifier.valueOf(stored.get(5).asString())));
            } else {
                matches.add(match);
            }
        }
        StreamEntryID position = entry.getID();
        return new MatchSet(new FactId(shard, position.getTime(), position.getSequence()), matches, stopped);
    }

    private static String key(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, MATCHES);
    }

    private static String dispatch(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, "dispatch");
    }
}
