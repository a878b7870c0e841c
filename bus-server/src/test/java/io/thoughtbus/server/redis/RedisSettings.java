package io.thoughtbus.server.redis;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How a {@link RedisServer} is to be: durable and evicting nothing, unless it is told otherwise.
 *
 * @param directives what stands in its {@code redis.conf}, by name
 * @param diskInHand whether its power can be cut and its disk filled; needs a C compiler
 */
public record RedisSettings(Map<String, String> directives, boolean diskInHand) {

    /** When appended commands reach the disk. */
    public enum Fsync {
        /** Before the command is answered. */
        ALWAYS,
        /** Once a second. */
        EVERYSEC,
        /** When the system likes. */
        NO
    }

    public RedisSettings {
        directives = Map.copyOf(directives);
    }

    /** An append-only file, synced like this. */
    public static RedisSettings of(Fsync fsync) {
        return new RedisSettings(
                Map.of(
                        "appendonly", "yes",
                        "appendfsync", fsync.name().toLowerCase(Locale.ROOT),
                        "save", "\"\"",
                        "maxmemory-policy", "noeviction"),
                false);
    }

    /** No append-only file. */
    public RedisSettings withoutAppendOnlyFile() {
        return with("appendonly", "no");
    }

    /** No more memory than this; 0 for as much as there is. */
    public RedisSettings withMaxMemory(long bytes) {
        return with("maxmemory", Long.toString(bytes));
    }

    /** What is evicted when memory is short, such as {@code allkeys-lru}. */
    public RedisSettings withPolicy(String policy) {
        return with("maxmemory-policy", policy);
    }

    /** A replica of the Redis at an address, which may be that of a proxy. */
    public RedisSettings asReplicaOf(RedisAddress primary) {
        return with("replicaof", primary.host() + " " + primary.port())
                .with("masterauth", String.valueOf(primary.password()));
    }

    /** On a given port; otherwise on a free one. */
    public RedisSettings onPort(int port) {
        return with("port", Integer.toString(port));
    }

    /** With a given password; otherwise with one of its own. */
    public RedisSettings withPassword(String password) {
        return with("requirepass", password);
    }

    /** With a disk whose power can be cut and that can be filled; needs a C compiler. */
    public RedisSettings withDiskInHand() {
        return new RedisSettings(directives, true);
    }

    /** With any other line of {@code redis.conf}, in place of what stood there under this name. */
    public RedisSettings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(directives);
        changed.put(name, value);
        return new RedisSettings(changed, diskInHand);
    }

    /** The same, on a free port and with a password, where none was given. */
    RedisSettings placed() {
        RedisSettings placed = directives.containsKey("port") ? this : onPort(RedisServer.freePort());
        return directives.containsKey("requirepass")
                ? placed
                : placed.withPassword(UUID.randomUUID().toString());
    }

    /** Where a Redis that is {@link #placed} listens. */
    RedisAddress address() {
        return RedisAddress.local(
                Integer.parseInt(directives.getOrDefault("port", "6379")), directives.getOrDefault("requirepass", ""));
    }
}
