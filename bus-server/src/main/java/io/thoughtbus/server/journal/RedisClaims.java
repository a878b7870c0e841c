package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.server.redis.RedisKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
 * memory of its key, so that another body under a known key is found out wherever its subject would have put it.
 */
@Component
final class RedisClaims {
    private static final long MARGIN_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int DIGEST_BYTES = 16;

    private final RedisClient redis;
    private final ObjectWriter canonical;
    private final long lifetimeMillis;

    RedisClaims(RedisClient redis, JsonMapper json, JournalProperties properties) {
        this.redis = redis;
        this.canonical = json.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.lifetimeMillis = properties.idempotencyWindow().toMillis() + MARGIN_MILLIS;
    }

    /** Claims the keys of those drafts that have one; false where another body has claimed the key. */
    List<Boolean> claim(String namespace, List<FactDraft> drafts) {
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

    private String digest(FactDraft draft) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.writeValueAsBytes(draft));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
