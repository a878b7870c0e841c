package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.KeyDirectory;
import io.thoughtbus.ledger.KeyValidity;
import io.thoughtbus.ledger.SigningKey;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.StorageProperties;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;

/** The keys that sign the checkpoints of this Redis' ledgers. A server that has other keys signs nothing. */
@Component
class Signers {
    private static final String KNOWN = RedisKeys.registry("ledger-key");

    private final RedisClient redis;
    private final Path directory;
    private final KeyDirectory keys;
    private final String origin;

    Signers(RedisClient redis, LedgerProperties properties, StorageProperties storage, Clock clock) {
        this.redis = redis;
        this.directory = properties.keys() == null ? storage.directory().resolve("ledger") : properties.keys();
        this.keys = new KeyDirectory(directory, clock);
        this.origin = properties.origin();
    }

    /** Where the keys are, and what was signed last. */
    Path directory() {
        return directory;
    }

    /** What a namespace's ledger is called. */
    String origin(String namespace) {
        return origin + "/" + namespace;
    }

    /**
     * The keys that sign, the newest first.
     *
     * @throws ProblemException if they are not those of this Redis' ledgers, or cannot be read
     */
    List<SigningKey> signers() {
        try {
            List<SigningKey> signers = keys.signers();
            redis.hsetnx(KNOWN, origin, name(signers.get(0)));
            String known = redis.hget(KNOWN, origin);
            if (keys.all().stream().noneMatch(key -> name(key).equals(known))) {
                throw new ProblemException(
                        ProblemType.LEDGER_UNSIGNED,
                        "the ledgers of this Redis are signed by a key that is not in " + directory
                                + "; copy it there from the server that made it");
            }
            if (!name(signers.get(0)).equals(known)) {
                redis.hset(KNOWN, origin, name(signers.get(0)));
            }
            return signers;
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new ProblemException(ProblemType.LEDGER_UNSIGNED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The public keys of a namespace's ledger, the oldest first. */
    List<KeyValidity> validity(String namespace) {
        signers();
        return keys.validity(origin(namespace));
    }

    private static String name(SigningKey key) {
        return Base64.getEncoder().encodeToString(key.publicKey("any").raw());
    }
}
