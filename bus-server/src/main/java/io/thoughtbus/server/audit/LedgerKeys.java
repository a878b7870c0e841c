package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Tile;
import io.thoughtbus.server.redis.RedisKeys;

/** The keys of one namespace's ledger. */
record LedgerKeys(String namespace) {
    String head() {
        return key("head");
    }

    String records() {
        return key("records");
    }

    String tile(Tile tile) {
        return key("tile:" + tile.level() + ":" + tile.index());
    }

    String places(int shard) {
        return key("places:" + shard);
    }

    /** Before a fact's id, the key of what became of its wakes. */
    String acts() {
        return key("acts:");
    }

    /** Which leaves tell that acts were not recorded. */
    String gaps() {
        return acts() + "gaps";
    }

    String checkpoints() {
        return key("checkpoints");
    }

    private String key(String name) {
        return RedisKeys.ledger(namespace, name);
    }

    static String trail(String namespace) {
        return RedisKeys.namespace(namespace, "trail");
    }

    static String trail(String namespace, String subscription) {
        return RedisKeys.subscription(namespace, subscription, "trail");
    }

    static String left(String namespace) {
        return RedisKeys.namespace(namespace, "left");
    }
}
