package io.thoughtbus.server.redis;

import java.util.Locale;

/** The functions inside Redis; each is explained in the file of its name under {@code lua/}. */
public enum RedisFunction {
    COUNT_DESCENDANTS,
    PUBLISH_FACTS,
    WITHDRAW_FACT,
    ERASE_FACTS,
    ERASE_WAKES,
    ADVANCE_ERASURE,
    ADD_INTEREST,
    RETIRE_INTEREST,
    ACTIVATE_VERSION,
    PRUNE_VERSIONS,
    END_VERSIONS,
    RELEASE_LOCK,
    LEASE_LANE,
    CLAIM_SHARD,
    RECORD_MATCHES,
    ADVANCE_CURSOR,
    OPEN_INBOX,
    REMOVE_INBOX,
    ADD_WAKES,
    ASK_ABOUT_WAKES,
    TAKE_QUESTIONS,
    ANSWER_QUESTIONS,
    ADVANCE_REPLAY,
    ADVANCE_COMPARISON,
    PAUSE_REPLAY,
    END_REPLAY,
    TAKE_WAKES,
    RESUME_WAKES,
    TRIM_FACTS,
    RELEASE_WAKES,
    EXPIRE_WAKES,
    EXTEND_LEASES,
    SETTLE_WAKES,
    BURY_WAKES,
    REVIVE_WAKES,
    NOTE_ACT,
    DRAIN_TRAIL,
    APPEND_LEAVES,
    ADD_CHECKPOINT;

    String redisName() {
        return "thoughtbus_" + name().toLowerCase(Locale.ROOT);
    }
}
