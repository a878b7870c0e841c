package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.NamespaceSettings;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.json.JsonMapper;

/** The namespaces that hold facts or subscriptions. */
@Component
public final class Namespaces {
    private static final String KEY = RedisKeys.registry("namespaces");
    private static final int MOST = 1000;

    /** The stream that tells the dispatchers of all servers that a namespace was opened. */
    public static final String OPENED = RedisKeys.registry("opened");

    private final RedisClient redis;
    private final JsonMapper json;
    private final Duration usualTtl;
    private final ObjectProvider<NamespacePart> parts;
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final Map<String, NamespaceSettings> settings = new ConcurrentHashMap<>();

    Namespaces(RedisClient redis, JsonMapper json, JournalProperties properties, ObjectProvider<NamespacePart> parts) {
        this.redis = redis;
        this.json = json;
        this.usualTtl = properties.ttl();
        this.parts = parts;
    }

    /**
     * Makes sure that a namespace is there with all its parts. It is listed when they are made and not before, so that
     * whoever finds it listed finds them too, and whoever does not knows that nothing can be in it yet.
     */
    public void open(String namespace) {
        if (open.contains(namespace)) {
            return;
        }
        if (redis.hexists(KEY, namespace)) {
            parts.forEach(part -> part.open(namespace));
        } else {
            requireRoom();
            parts.forEach(part -> part.create(namespace));
            list(namespace);
        }
        open.add(namespace);
    }

    /** Whether a namespace is there. */
    public boolean exists(String namespace) {
        return open.contains(namespace) || redis.hexists(KEY, namespace);
    }

    /** Checks every namespace's parts again before its next use: Redis may have lost them. */
    public void forgetOpened() {
        open.clear();
        settings.clear();
    }

    /** All namespaces there are. */
    public List<String> all() {
        return redis.hkeys(KEY).stream().sorted().toList();
    }

    /** What holds for a namespace's facts. */
    public NamespaceSettings settings(String namespace) {
        return settings.computeIfAbsent(namespace, this::read);
    }

    /** Changes what holds for a namespace's facts from now on. */
    public void configure(String namespace, NamespaceSettings changed) {
        open(namespace);
        redis.hset(KEY, namespace, json.writeValueAsString(changed));
        settings.put(namespace, changed);
    }

    private void requireRoom() {
        if (redis.hlen(KEY) >= MOST) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_NAMESPACES, "there are " + MOST + " namespaces, and no more are kept");
        }
    }

    private void list(String namespace) {
        if (redis.hsetnx(KEY, namespace, json.writeValueAsString(new NamespaceSettings(usualTtl))) == 1) {
            redis.xadd(OPENED, XAddParams.xAddParams().maxLen(MOST).approximateTrimming(), Map.of("n", namespace));
        }
    }

    private NamespaceSettings read(String namespace) {
        String stored = redis.hget(KEY, namespace);
        return stored == null ? new NamespaceSettings(usualTtl) : json.readValue(stored, NamespaceSettings.class);
    }
}
