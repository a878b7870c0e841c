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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamEntryBinary;
import redis.clients.jedis.util.SafeEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The record of all matches: under each fact's position, once and for good, whom it woke and for whom the guard
 * stopped it, and for whom the second stage decides, whose answers come {@link RedisAnswers later}. A fact without an
 * entry that comes before the shard's cursor did none of that.
 */
public final class RedisMatchJournal {
    private static final String MATCHES = "matches";
    private static final String TOLD = "TOLD";

    /** Stands where the guard's reason stands for what it stopped. */
    private static final String IN_DOUBT = "IN_DOUBT";

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

    /**
     * The oldest records of a shard between two positions, each as XRANGE takes it: with a parenthesis before it, it does
     * not belong to the range.
     */
    public List<MatchSet> range(String namespace, int shard, String from, String to, int most) {
        return redis.xrange(key(namespace, shard), from, to, most).stream()
                .map(entry -> decode(shard, entry))
                .toList();
    }

    /** What was recorded, of entries that are kept elsewhere. */
    public List<MatchSet> decode(int shard, List<StreamEntryBinary> entries) {
        return entries.stream()
                .map(entry -> new StreamEntry(entry.getID(), fields(entry)))
                .map(entry -> decode(shard, entry))
                .toList();
    }

    private static Map<String, String> fields(StreamEntryBinary entry) {
        return entry.getFields().entrySet().stream()
                .filter(field -> field.getKey()[0] == 'm')
                .collect(Collectors.toMap(field -> "m", field -> SafeEncoder.encode(field.getValue())));
    }

    /** The last position of a shard that is known to have been dispatched: what comes before has been decided. */
    public FactId dispatched(String namespace, int shard) {
        String written = redis.hget(dispatch(namespace, shard), "cursor");
        StreamEntryID cursor = written == null ? new StreamEntryID(0, 0) : new StreamEntryID(written);
        StreamEntryID last = redis.exists(key(namespace, shard))
                ? redis.xinfoStream(key(namespace, shard)).getLastGeneratedId()
                : cursor;
        StreamEntryID position = last.compareTo(cursor) > 0 ? last : cursor;
        return new FactId(shard, position.getTime(), position.getSequence());
    }

    /** What was recorded for some facts, in their order; those that concerned nobody are left out. */
    public List<MatchSet> findAll(String namespace, List<FactId> facts) {
        List<Response<List<StreamEntry>>> answers = new ArrayList<>(facts.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (FactId fact : facts) {
                StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
                answers.add(pipeline.xrange(key(namespace, fact.shard()), position, position));
            }
        }
        List<MatchSet> sets = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            int shard = facts.get(i).shard();
            answers.get(i).get().forEach(entry -> sets.add(decode(shard, entry)));
        }
        return sets;
    }

    /** The record of one subscription's match with a fact, in doubt or not, or with what that takes back. */
    public Optional<Match> find(String namespace, FactId fact, InterestRef interest) {
        return range(namespace, fact.shard(), fact, fact).stream()
                .flatMap(set ->
                        Stream.of(set.matches(), set.inDoubt(), set.told()).flatMap(List::stream))
                .filter(match -> match.interest().equals(interest))
                .findFirst();
    }

    private String encode(MatchSet set) {
        ArrayNode matches = json.createArrayNode();
        set.matches().forEach(match -> encode(matches, match));
        set.stopped()
                .forEach(stop -> encode(matches, stop.match()).add(stop.by().name()));
        set.inDoubt().forEach(match -> encode(matches, match).add(IN_DOUBT));
        set.told().forEach(match -> encode(matches, match).add(TOLD));
        return json.writeValueAsString(matches);
    }

    private static ArrayNode encode(ArrayNode matches, Match match) {
        ArrayNode encoded = matches.addArray()
                .add(match.interest().subscription())
                .add(match.interest().revision())
                .add(match.version())
                .add(match.score())
                .add(match.threshold());
        return match.part() == null ? encoded : encoded.add(match.part());
    }

    private MatchSet decode(int shard, StreamEntry entry) {
        List<Match> matches = new ArrayList<>();
        List<MatchSet.Stop> stopped = new ArrayList<>();
        List<Match> inDoubt = new ArrayList<>();
        List<Match> told = new ArrayList<>();
        for (JsonNode stored : json.readTree(entry.getFields().get("m"))) {
            boolean isInParts = stored.path(5).isNumber();
            Match match = new Match(
                    new InterestRef(stored.get(0).asString(), stored.get(1).asLong()),
                    stored.get(2).asInt(),
                    stored.get(3).asDouble(),
                    stored.get(4).asDouble(),
                    isInParts ? stored.get(5).asInt() : null);
            String further = stored.path(isInParts ? 6 : 5).asString("");
            if (further.isEmpty()) {
                matches.add(match);
            } else if (further.equals(IN_DOUBT)) {
                inDoubt.add(match);
            } else if (further.equals(TOLD)) {
                told.add(match);
            } else {
                stopped.add(new MatchSet.Stop(match, Qualifier.valueOf(further)));
            }
        }
        StreamEntryID position = entry.getID();
        return new MatchSet(
                new FactId(shard, position.getTime(), position.getSequence()), matches, stopped, inDoubt, told);
    }

    private static String key(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, MATCHES);
    }

    private static String dispatch(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, "dispatch");
    }
}
