package io.thoughtbus.server.trail;

import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The acts of a namespace that enter its ledger: what is noted here becomes a leaf within seconds. Nothing is noted where
 * there is no ledger.
 */
@Component
public final class Trail {
    private static final int LARGEST_BODY = 1 << 16;

    private final RedisFunctions functions;
    private final JsonMapper json;

    /** The trail as written through some functions. */
    public Trail(RedisFunctions functions, JsonMapper json) {
        this.functions = functions;
        this.json = json;
    }

    /**
     * Notes an act.
     *
     * @param kind what was done, such as {@code subscription-deleted}
     * @param id to what
     * @param body what else there is to say, as JSON; more than 64 KiB enter the ledger by their SHA-256
     */
    public void note(String namespace, String kind, String id, Object body) {
        note(namespace, kind, id, body, "");
    }

    /**
     * Notes an act unless it is the one that was noted last of this kind and id, so that a repetition after a crash adds
     * nothing.
     *
     * @param mark tells this act from others of its kind and id
     */
    public void noteOnce(String namespace, String kind, String id, String mark, Object body) {
        note(namespace, kind, id, body, mark);
    }

    private void note(String namespace, String kind, String id, Object body, String mark) {
        functions.call(
                RedisFunction.NOTE_ACT,
                List.of(RedisKeys.namespace(namespace, "trail"), RedisKeys.namespace(namespace, "noted")),
                List.of(kind, id, bounded(json.writeValueAsBytes(body)), mark));
    }

    private byte[] bounded(byte[] body) {
        return body.length <= LARGEST_BODY
                ? body
                : json.writeValueAsBytes(Map.of("sha256", sha256(body), "bytes", body.length));
    }

    private static String sha256(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
