package io.thoughtbus.server.journal;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.server.journal.FactPublisher.AdmittedDraft;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.GroupCommit;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.SharedTrips;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes facts together with those of other publishers, and waits for the disk if it has to. */
@Component
final class RedisFactWriter {
    /** A second trip makes use of the time in which Redis waits for the disk; a third only makes them smaller. */
    private static final SharedTrips.Bounds BOUNDS =
            new SharedTrips.Bounds(2, 256, Duration.ZERO, Duration.ofSeconds(5));

    private final DurabilityGauge durability;
    private final GroupCommit commits;
    private final FactCodec codec;
    private final Namespaces namespaces;
    private final Shards shards;
    private final SecureRandom chance = new SecureRandom();
    private final SharedTrips<List<PendingFact>, RedisFactTrip.Written> trips;

    RedisFactWriter(
            RedisFactTrip trip,
            DurabilityGauge durability,
            GroupCommit commits,
            FactCodec codec,
            Namespaces namespaces,
            Shards shards) {
        this.durability = durability;
        this.commits = commits;
        this.codec = codec;
        this.namespaces = namespaces;
        this.shards = shards;
        this.trips = new SharedTrips<>(
                BOUNDS,
                List::size,
                all -> trip.write(all.stream().flatMap(List::stream).toList()));
    }

    /** Refuses a level that the connected Redis cannot give. */
    void requireAvailable(Durability wanted) {
        if (wanted == Durability.ACCEPTED) {
            return;
        }
        DurabilityGauge.Durable now = durability.now();
        if (!now.appendOnly()) {
            throw unavailable(wanted, "it keeps no append-only file: set 'CONFIG SET appendonly yes'");
        }
        if (!now.settled()) {
            throw unavailable(wanted, "its append-only file is still being written for the first time");
        }
        if (!now.fsyncs()) {
            throw unavailable(wanted, "it leaves fsync to its machine: set 'CONFIG SET appendfsync everysec'");
        }
        if (wanted == Durability.REPLICATED && !now.replicates()) {
            throw unavailable(wanted, "no replica is connected to it");
        }
    }

    /** Writes facts, and answers with {@link io.thoughtbus.protocol.Published} or {@link ProblemException} for each. */
    List<Object> write(String namespace, List<AdmittedDraft> facts, Durability wanted) {
        boolean waits = wanted == Durability.REPLICATED
                || (wanted == Durability.FSYNCED && !durability.now().always());
        if (waits && !commits.enter()) {
            throw new ProblemException(
                    ProblemType.DURABILITY_BUSY, "too many publishers wait for the disk already; nothing was stored");
        }
        try {
            List<PendingFact> pending =
                    facts.stream().map(fact -> pending(namespace, fact)).toList();
            RedisFactTrip.Written written = trips.join(pending);
            Durability reached =
                    pending.stream().anyMatch(PendingFact::isWritten) ? reached(written, wanted) : Durability.ACCEPTED;
            return pending.stream().map(fact -> fact.answer(reached)).toList();
        } finally {
            if (waits) {
                commits.leave();
            }
        }
    }

    private Durability reached(RedisFactTrip.Written written, Durability wanted) {
        if (wanted == Durability.ACCEPTED || (wanted == Durability.FSYNCED && written.onDisk())) {
            return written.onDisk() ? Durability.FSYNCED : Durability.ACCEPTED;
        }
        GroupCommit.Copies copies = commits.reach(written.history(), wanted == Durability.REPLICATED);
        if (!copies.isKnown()) {
            throw new ProblemException(
                    ProblemType.REDIS_UNAVAILABLE,
                    "Redis failed before its disk was known to have what was written; it may be stored or not");
        }
        boolean local = written.onDisk() || copies.local();
        if (local && copies.replicas() >= 1) {
            return Durability.REPLICATED;
        }
        return local ? Durability.FSYNCED : Durability.ACCEPTED;
    }

    private PendingFact pending(String namespace, AdmittedDraft embedded) {
        FactDraft fact = embedded.draft();
        @Nullable Withdrawing withdrawing = embedded.withdrawing();
        int shard = withdrawing == null
                ? shards.of(Objects.requireNonNullElse(fact.subject(), fact.text()))
                : withdrawing.old().shard();
        Duration ttl = fact.ttl() == null ? namespaces.settings(namespace).ttl() : fact.ttl();
        return new PendingFact(
                new PendingFact.Stream(namespace, shard),
                codec.encode(fact, ttl, embedded.descent(), embedded.retracts()),
                embedded.embedding().toBytes(),
                salt(),
                Objects.requireNonNullElse(fact.subject(), ""),
                ttl.toMillis(),
                fact.key() == null ? null : RedisKeys.shard(namespace, shard, "key:" + RedisClaims.name(fact)),
                withdrawing);
    }

    private byte[] salt() {
        byte[] salt = new byte[LedgerRecord.SALT];
        chance.nextBytes(salt);
        return salt;
    }

    private static ProblemException unavailable(Durability wanted, String why) {
        return new ProblemException(
                ProblemType.DURABILITY_UNAVAILABLE,
                "the connected Redis cannot give the durability " + wanted + ": " + why,
                "durability");
    }
}
