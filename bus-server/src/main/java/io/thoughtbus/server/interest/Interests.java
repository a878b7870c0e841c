package io.thoughtbus.server.interest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compiled interests of all namespaces, in force and superseded. They never change under their name, so that many
 * are kept in memory.
 */
@Component
public final class Interests {
    private static final int MOST_KEPT = 50_000;
    private static final int TOGETHER = 1_000;
    private static final byte[][] FIELDS = {InterestHash.VECTOR, InterestHash.FURTHER, InterestHash.REST};

    private final RedisClient redis;
    private final RedisInterestIndex index;
    private final RedisModels models;
    private final InterestHash hashes;
    private final int dimension;
    private final int vectorLength;
    private final Cache<Key, CompiledInterest> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    Interests(RedisClient redis, RedisInterestIndex index, RedisModels models, JsonMapper json, Embedder embedder) {
        this.redis = redis;
        this.index = index;
        this.models = models;
        this.hashes = new InterestHash(json);
        this.dimension = embedder.dimension();
        this.vectorLength = InterestHash.vectorLength(dimension);
    }

    /** Makes an interest searchable, and returns when it is found. */
    public void add(String namespace, CompiledInterest interest) {
        index.add(namespace, interest, InterestHash.vectors(interest), hashes.rest(interest));
    }

    /**
     * Those of some interests that are not stored as they must be: not there, cut short, or not to be read.
     *
     * @param entries for each as how many entries it counts
     */
    public Set<InterestRef> damaged(String namespace, Map<InterestRef, Long> entries) {
        Set<InterestRef> damaged = new HashSet<>();
        Map<InterestRef, Integer> several = new HashMap<>();
        List<InterestRef> all = List.copyOf(entries.keySet());
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<InterestRef> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            List<Response<Long>> vectors = new ArrayList<>(some.size());
            List<Response<byte[]>> rests = new ArrayList<>(some.size());
            try (Pipeline pipeline = redis.pipelined()) {
                for (InterestRef ref : some) {
                    byte[] key = RedisKeys.bytes(index.key(namespace, ref));
                    vectors.add(pipeline.hstrlen(key, InterestHash.VECTOR));
                    rests.add(pipeline.hget(key, InterestHash.REST));
                }
            }
            for (int i = 0; i < some.size(); i++) {
                OptionalInt parts = hashes.parts(rests.get(i).get());
                if (vectors.get(i).get() != vectorLength
                        || !parts.equals(OptionalInt.of(Math.toIntExact(entries.getOrDefault(some.get(i), 0L))))) {
                    damaged.add(some.get(i));
                } else if (parts.getAsInt() > 1) {
                    several.put(some.get(i), parts.getAsInt());
                }
            }
        }
        several.forEach((ref, parts) -> {
            if (!index.isInParts(namespace, ref, parts, vectorLength)) {
                damaged.add(ref);
            }
        });
        return damaged;
    }

    /** Whether an interest is searchable, found, and stored as it must be. */
    public boolean isSound(String namespace, InterestRef ref) {
        long entries = index.entries(namespace, ref);
        return damaged(namespace, Map.of(ref, entries)).isEmpty() && index.holds(namespace, ref, entries);
    }

    /** Whether an interest, or one of its parts, is searchable, or its hash is there. */
    public boolean isThere(String namespace, InterestRef ref) {
        return index.isThere(namespace, ref);
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

    /** Takes an interest that decides no more facts out of the search, and keeps it; repeatable. */
    public void retire(String namespace, InterestRef ref) {
        index.retire(namespace, ref);
    }

    /** The interests that have been taken out of the search and are kept. */
    public Set<InterestRef> retired(String namespace) {
        return index.retired(namespace);
    }

    /** Drops an interest for good, as every model made it. */
    public void drop(String namespace, InterestRef ref) {
        index.drop(namespace, ref, models.tags());
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

    /** The same, as a model made them whose embeddings have so many components. */
    public Map<InterestRef, CompiledInterest> findAll(
            String namespace, String model, int components, Collection<InterestRef> refs) {
        if (model.equals(models.currentTag())) {
            return findAll(namespace, refs);
        }
        Map<InterestRef, CompiledInterest> found = new HashMap<>();
        for (InterestRef ref : refs) {
            List<byte[]> inForce = redis.hmget(RedisKeys.bytes(index.key(namespace, model, ref)), FIELDS);
            List<byte[]> retired = redis.hmget(RedisKeys.bytes(index.retiredKey(namespace, model, ref)), FIELDS);
            CompiledInterest interest = decode(ref, inForce, retired, components);
            if (interest != null) {
                found.put(ref, interest);
            }
        }
        return found;
    }

    private void load(String namespace, List<InterestRef> refs, Map<InterestRef, CompiledInterest> found) {
        List<Response<List<byte[]>>> inForce = new ArrayList<>(refs.size());
        List<Response<List<byte[]>>> retired = new ArrayList<>(refs.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (InterestRef ref : refs) {
                inForce.add(pipeline.hmget(RedisKeys.bytes(index.key(namespace, ref)), FIELDS));
                retired.add(pipeline.hmget(RedisKeys.bytes(index.retiredKey(namespace, ref)), FIELDS));
            }
        }
        for (int i = 0; i < refs.size(); i++) {
            CompiledInterest interest =
                    decode(refs.get(i), inForce.get(i).get(), retired.get(i).get(), dimension);
            if (interest != null) {
                found.put(refs.get(i), interest);
                kept.put(new Key(namespace, refs.get(i)), interest);
            }
        }
    }

    private @Nullable CompiledInterest decode(
            InterestRef ref, List<byte[]> inForce, List<byte[]> retired, int components) {
        return hashes.decode(ref, inForce.get(0) == null ? retired : inForce, components);
    }

    private record Key(String namespace, InterestRef ref) {}
}
