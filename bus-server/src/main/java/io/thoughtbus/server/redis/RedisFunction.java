package io.thoughtbus.server.redis;

import java.util.Locale;

/** The functions inside Redis; each is explained in the file of its name under {@code lua/}. */
public enum RedisFunction {
    COUNT_DESCENDANTS,
    PUBLISH_FACTS,
    ADD_INTEREST,
    RETIRE_INTEREST,
    ACTIVATE_VERSION,
    PRUNE_VERSIONS,
    RELEASE_LOCK,
    LEASE_LANE,
    CLAIM_SHARD,
    RECORD_MATCHES,
    ADVANCE_CURSOR,
    OPEN_INBOX,
    REMOVE_INBOX,
    ADD_WAKES,
    ADVANCE_REPLAY,
    END_REPLAY,
    TAKE_WAKES,
    RESUME_WAKES,
    TRIM_FACTS,
    RELEASE_WAKES,
    EXPIRE_WAKES,
    EXTEND_LEASES,
    SETTLE_WAKES,
    BURY_WAKES,
    REVIVE_WAKES;

    String redisName() {
        return "thoughtbus_" + name().toLowerCase(Locale.ROOT);
    }
}
