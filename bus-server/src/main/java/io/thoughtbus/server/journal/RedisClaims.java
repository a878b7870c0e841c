package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.server.redis.RedisKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which body belongs to which idempotency key. The claim comes before the fact, and lasts longer than the fact's own
 * memory of its key, so that another body under a known key is found out wherever its subject would have put it. Claims
 * are made while the model is at work.
 */
@Component
final class RedisClaims implements AutoCloseable {
    private static final int MOST_AT_ONCE = 16;
    private static final long MARGIN_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int DIGEST_BYTES = 16;

    private final RedisClient redis;
    private final ObjectWriter canonical;
    private final long lifetimeMillis;
    private final ExecutorService claimers = new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            RedisClaims::thread,
            new CallerRunsPolicy());

    RedisClaims(RedisClient redis, JsonMapper json, JournalProperties properties) {
        this.redis = redis;
        this.canonical = json.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.lifetimeMillis = properties.idempotencyWindow().toMillis() + MARGIN_MILLIS;
    }

    /**
     * Begins to claim the keys of those drafts that have one, and returns what to wait on: false where another body has
     * claimed the key.
     */
    Supplier<List<Boolean>> claim(String namespace, List<FactDraft> drafts) {
        if (drafts.stream().allMatch(draft -> draft.key() == null)) {
            return () -> Collections.nCopies(drafts.size(), true);
        }
        CompletableFuture<List<Boolean>> claims =
                CompletableFuture.supplyAsync(() -> claimed(namespace, drafts), claimers);
        return () -> {
            try {
                return claims.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        };
    }

    @Override
    public void close() {
        claimers.shutdown();
    }

    private List<Boolean> claimed(String namespace, List<FactDraft> drafts) {
        List<String> digests = new ArrayList<>(drafts.size());
        List<@Nullable Response<String>> earlier = new ArrayList<>(drafts.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (FactDraft draft : drafts) {
                String digest = draft.key() == null ? "" : digest(draft);
                digests.add(digest);
                if (digest.isEmpty()) {
                    earlier.add(null);
                } else {
                    String key = RedisKeys.namespace(namespace, "claim:" + name(draft));
                    earlier.add(pipeline.setGet(
                            key, digest, SetParams.setParams().nx().px(lifetimeMillis)));
                    pipeline.pexpire(key, lifetimeMillis);
                }
            }
        }
        List<Boolean> ours = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            Response<String> answer = earlier.get(i);
            ours.add(answer == null || answer.get() == null || answer.get().equals(digests.get(i)));
        }
        return ours;
    }

    /** The name of a key among all publishers' keys. */
    static String name(FactDraft draft) {
        return (draft.publisher() == null ? "" : draft.publisher()) + "/" + draft.key();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "claims");
        thread.setDaemon(true);
        return thread;
    }

    private String digest(FactDraft draft) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.writeValueAsBytes(draft));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
