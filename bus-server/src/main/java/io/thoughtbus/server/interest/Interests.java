package io.thoughtbus.server.interest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compiled interests of all namespaces, in force and superseded. They never change under their name, so that many
 * are kept in memory.
 */
@Component
public final class Interests {
    private static final int MOST_KEPT = 50_000;
    private static final int TOGETHER = 1_000;
    static final byte[] VECTOR = {'v'};

    private static final byte[] REST = {'m'};

    private final RedisClient redis;
    private final RedisInterestIndex index;
    private final JsonMapper json;
    private final int dimension;
    private final int vectorLength;
    private final Cache<Key, CompiledInterest> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    Interests(RedisClient redis, RedisInterestIndex index, JsonMapper json, Embedder embedder) {
        this.redis = redis;
        this.index = index;
        this.json = json;
        this.dimension = embedder.dimension();
        this.vectorLength = InterestVectors.dimension(dimension) * Float.BYTES;
    }

    /** Makes an interest searchable, and returns when it is found. */
    public void add(String namespace, CompiledInterest interest) {
        Rest rest = new Rest(
                interest.version(),
                interest.threshold(),
                interest.filter() == null ? null : interest.filter().expression(),
                interest.minded().isEmpty() ? null : interest.minded());
        index.add(
                namespace,
                interest,
                InterestVectors.interest(interest.direction(), interest.threshold()),
                json.writeValueAsString(rest));
    }

    /** Those of some interests that are not stored as they must be: not there, cut short, or not to be read. */
    public Set<InterestRef> damaged(String namespace, Collection<InterestRef> refs) {
        Set<InterestRef> damaged = new HashSet<>();
        List<InterestRef> all = List.copyOf(refs);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<InterestRef> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            List<Response<Long>> vectors = new ArrayList<>(some.size());
            List<Response<byte[]>> rests = new ArrayList<>(some.size());
            try (Pipeline pipeline = redis.pipelined()) {
                for (InterestRef ref : some) {
                    byte[] key = RedisKeys.bytes(index.key(namespace, ref));
                    vectors.add(pipeline.hstrlen(key, VECTOR));
                    rests.add(pipeline.hget(key, REST));
                }
            }
            for (int i = 0; i < some.size(); i++) {
                if (vectors.get(i).get() != vectorLength
                        || rest(rests.get(i).get()).isEmpty()) {
                    damaged.add(some.get(i));
                }
            }
        }
        return damaged;
    }

    /** Whether an interest is searchable, found, and stored as it must be. */
    public boolean isSound(String namespace, InterestRef ref) {
        return damaged(namespace, List.of(ref)).isEmpty() && index.holds(namespace, ref);
    }

    /** Whether an interest is searchable, or its hash is there. */
    public boolean isThere(String namespace, InterestRef ref) {
        return redis.exists(index.key(namespace, ref)) || index.isSearchable(namespace, ref);
    }

    /** Whether an interest has been taken out of the search and is kept. */
    public boolean isRetired(String namespace, InterestRef ref) {
        return redis.exists(index.retiredKey(namespace, ref));
    }

    /** Stores an interest again as this server remembers it; false if it does not. */
    public boolean recall(String namespace, InterestRef ref) {
        CompiledInterest remembered = kept.getIfPresent(new Key(namespace, ref));
        if (remembered != null) {
            add(namespace, remembered);
        }
        return remembered != null;
    }

    /** Takes a superseded interest out of the search. */
    public void retire(String namespace, InterestRef ref) {
        index.retire(namespace, ref);
    }

    /** Drops an interest for good. */
    public void drop(String namespace, InterestRef ref) {
        index.drop(namespace, ref);
        kept.invalidate(new Key(namespace, ref));
    }

    /** One compiled interest, in force or superseded, if it still exists. */
    public Optional<CompiledInterest> find(String namespace, InterestRef ref) {
        return Optional.ofNullable(findAll(namespace, List.of(ref)).get(ref));
    }

    /** Compiled interests by their names; those that no longer exist, or are damaged, are left out. */
    public Map<InterestRef, CompiledInterest> findAll(String namespace, Collection<InterestRef> refs) {
        Map<InterestRef, CompiledInterest> found = new HashMap<>();
        List<InterestRef> unknown = new ArrayList<>();
        for (InterestRef ref : refs) {
            CompiledInterest interest = kept.getIfPresent(new Key(namespace, ref));
            if (interest == null) {
                unknown.add(ref);
            } else {
                found.put(ref, interest);
            }
        }
        if (!unknown.isEmpty()) {
            load(namespace, unknown, found);
        }
        return found;
    }

    private void load(String namespace, List<InterestRef> refs, Map<InterestRef, CompiledInterest> found) {
        List<Response<List<byte[]>>> inForce = new ArrayList<>(refs.size());
        List<Response<List<byte[]>>> retired = new ArrayList<>(refs.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (InterestRef ref : refs) {
                inForce.add(pipeline.hmget(RedisKeys.bytes(index.key(namespace, ref)), VECTOR, REST));
                retired.add(pipeline.hmget(RedisKeys.bytes(index.retiredKey(namespace, ref)), VECTOR, REST));
            }
        }
        for (int i = 0; i < refs.size(); i++) {
            CompiledInterest interest =
                    decode(refs.get(i), inForce.get(i).get(), retired.get(i).get());
            if (interest != null) {
                found.put(refs.get(i), interest);
                kept.put(new Key(namespace, refs.get(i)), interest);
            }
        }
    }

    private @Nullable CompiledInterest decode(InterestRef ref, List<byte[]> inForce, List<byte[]> retired) {
        List<byte[]> fields = inForce.get(0) == null ? retired : inForce;
        byte[] vector = fields.get(0);
        if (vector == null || vector.length != vectorLength) {
            return null;
        }
        return rest(fields.get(1))
                .map(rest -> new CompiledInterest(
                        ref.subscription(),
                        ref.revision(),
                        rest.version(),
                        InterestVectors.direction(vector, dimension),
                        rest.threshold(),
                        rest.filter() == null ? null : Filter.compile(rest.filter()),
                        rest.minded() == null ? Set.of() : rest.minded()))
                .orElse(null);
    }

    private Optional<Rest> rest(byte @Nullable [] stored) {
        try {
            return stored == null ? Optional.empty() : Optional.of(json.readValue(stored, Rest.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private record Key(String namespace, InterestRef ref) {}

    /** What an interest's hash holds besides the vector. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Rest(
            @JsonProperty("n") int version,
            @JsonProperty("t") double threshold,
            @JsonProperty("f") @Nullable String filter,
            @JsonProperty("g") @Nullable Set<Qualifier> minded) {}
}
