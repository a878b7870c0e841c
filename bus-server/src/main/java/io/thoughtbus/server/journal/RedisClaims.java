package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.server.redis.RedisKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
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

    private final ObjectWriter canonical;
    private final long lifetimeMillis;

    RedisClaims(JsonMapper json, JournalProperties properties) {
        this.canonical = json.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.lifetimeMillis = properties.idempotencyWindow().toMillis() + MARGIN_MILLIS;
    }

    /**
     * Queues the claim of a draft that has a key; once the pipeline is synchronized it tells whether the key is the
     * draft's, or that of another body.
     */
    BooleanSupplier queue(Pipeline pipeline, String namespace, FactDraft draft) {
        String key = RedisKeys.namespace(namespace, "claim:" + name(draft));
        String digest = digest(draft);
        Response<String> earlier =
                pipeline.setGet(key, digest, SetParams.setParams().nx().px(lifetimeMillis));
        pipeline.pexpire(key, lifetimeMillis);
        return () -> earlier.get() == null || earlier.get().equals(digest);
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
