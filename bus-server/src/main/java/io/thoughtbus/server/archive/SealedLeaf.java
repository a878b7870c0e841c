package io.thoughtbus.server.archive;

import io.thoughtbus.ledger.Hash;
import io.thoughtbus.server.audit.LedgerLeaves;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * One leaf of a ledger as a segment keeps it: the entry of the journal that it is of, or the hash alone, or both where the
 * entry was not what the ledger had recorded when it was archived.
 *
 * @param stream which stream of the shard the entry is of; OTHER where the leaf is of none
 * @param shard of the journal; 0 where the leaf is of none
 * @param entry with the salt of its record as field {@code s}
 */
record SealedLeaf(
        Stream stream,
        int shard,
        @Nullable StreamEntryBinary entry,
        @Nullable Hash hash) {

    /** What a leaf is of. */
    enum Stream {
        OTHER(0),
        FACTS(1),
        MATCHES(2);

        private final int code;

        Stream(int code) {
            this.code = code;
        }

        /** What stands for it in a file. */
        int code() {
            return code;
        }

        static Stream of(int code) {
            return Arrays.stream(values())
                    .filter(stream -> stream.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no stream " + code));
        }
    }

    static SealedLeaf hashed(Hash hash) {
        return new SealedLeaf(Stream.OTHER, 0, null, hash);
    }

    boolean isOf(Stream wanted, int wantedShard) {
        return entry != null && stream == wanted && shard == wantedShard;
    }

    StreamEntryID position() {
        return Objects.requireNonNull(entry).getID();
    }

    /** The hash by what is kept: that of the entry, if there is one. */
    Hash computed() {
        StreamEntryBinary kept = entry;
        if (kept == null) {
            return Objects.requireNonNull(hash);
        }
        return stream == Stream.FACTS ? LedgerLeaves.ofFact(shard, kept) : LedgerLeaves.ofMatches(shard, kept);
    }

    /** The hash that the ledger holds, as far as this segment knows. */
    Hash recorded() {
        return hash != null ? hash : computed();
    }

    /** The same without what the entry said. */
    SealedLeaf erased() {
        return hashed(recorded());
    }
}
