package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/**
 * The embeddings of what each subscription's interest is in, its text and its examples, and of its counterexamples. Those of a text alone are not kept:
 * its interest's direction is the same.
 */
@Component
final class RedisExamples {
    private final RedisClient redis;
    private final RedisInterestIndex index;
    private final Namespaces namespaces;
    private final String model;
    private final int length;

    RedisExamples(RedisClient redis, RedisInterestIndex index, Namespaces namespaces, Embedder embedder) {
        this.redis = redis;
        this.index = index;
        this.namespaces = namespaces;
        this.model = embedder.modelId().tag();
        this.length = embedder.dimension() * Float.BYTES;
    }

    /** Keeps what an interest is in, and what it is not. */
    void keep(String namespace, String subscription, List<Embedding> positives, List<Embedding> counterexamples) {
        try (Pipeline pipeline = redis.pipelined()) {
            pipeline.set(key(namespace, subscription), bytes(positives));
            pipeline.set(counterKey(namespace, subscription), bytes(counterexamples));
        }
    }

    /** Forgets what a subscription is in. */
    void forget(String namespace, String subscription) {
        redis.del(key(namespace, subscription), counterKey(namespace, subscription));
    }

    /** What an interest is in; empty if it was not kept. */
    List<Embedding> positives(String namespace, String subscription) {
        return kept(key(namespace, subscription));
    }

    /** What an interest is not in; empty if it was not kept. */
    List<Embedding> counterexamples(String namespace, String subscription) {
        return kept(counterKey(namespace, subscription));
    }

    private List<Embedding> kept(byte[] key) {
        byte[] stored = redis.get(key);
        return stored == null ? List.of() : embeddings(stored);
    }

    private byte[] bytes(List<Embedding> embeddings) {
        ByteBuffer all = ByteBuffer.allocate(embeddings.size() * length);
        embeddings.forEach(embedding -> all.put(embedding.toBytes()));
        return all.array();
    }

    /** What each of the interests nearest to these embeddings is in, but for the subscription's own. */
    List<List<Embedding>> nearest(String namespace, String subscription, List<Embedding> positives) {
        if (!namespaces.exists(namespace)) {
            return List.of();
        }
        namespaces.open(namespace);
        List<InterestRef> others = index.nearest(namespace, Embedding.mean(positives), Rivals.NEAREST + 1).stream()
                .filter(other -> !other.subscription().equals(subscription))
                .toList();
        List<Response<byte[]>> examples = new ArrayList<>(others.size());
        List<Response<byte[]>> vectors = new ArrayList<>(others.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (InterestRef other : others) {
                examples.add(pipeline.get(key(namespace, other.subscription())));
                vectors.add(pipeline.hget(RedisKeys.bytes(index.key(namespace, other)), InterestHash.VECTOR));
            }
        }
        List<List<Embedding>> nearest = new ArrayList<>(others.size());
        for (int i = 0; i < others.size(); i++) {
            byte[] kept = examples.get(i).get();
            byte[] vector = vectors.get(i).get();
            if (kept != null) {
                nearest.add(embeddings(kept));
            } else if (vector != null) {
                nearest.add(List.of(InterestVectors.direction(vector, length / Float.BYTES)));
            }
        }
        return nearest;
    }

    private List<Embedding> embeddings(byte[] stored) {
        List<Embedding> embeddings = new ArrayList<>(stored.length / length);
        for (int from = 0; from + length <= stored.length; from += length) {
            embeddings.add(Embedding.fromBytes(Arrays.copyOfRange(stored, from, from + length)));
        }
        return embeddings;
    }

    private byte[] counterKey(String namespace, String subscription) {
        return RedisKeys.bytes(RedisKeys.namespace(namespace, "counterexamples:" + model + ":" + subscription));
    }

    private byte[] key(String namespace, String subscription) {
        return RedisKeys.bytes(RedisKeys.namespace(namespace, "examples:" + model + ":" + subscription));
    }
}
