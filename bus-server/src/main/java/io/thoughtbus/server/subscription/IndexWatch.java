package io.thoughtbus.server.subscription;

import io.thoughtbus.server.redis.PartialAnswerException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets nobody match in a namespace before its index was compared with what is in force and found to agree, and has what
 * does not agree mended at once.
 *
 * <p>What that guarantees: after a start, and after a connection broke, nothing is matched by an index that lacks an
 * interest. Later a dispatcher believes for a second that the index still holds as many interests as it must, and once a
 * minute all is compared again. So damage that shows in the number of interests keeps facts from being matched within a
 * second, and any other is found within a minute. What was matched in between is not matched again: the report of the
 * mending tells from when to when that was. A vector that was replaced by another of the same length is not found.
 */
@Component
public final class IndexWatch {
    private final IndexComparison comparison;
    private final Set<String> compared = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();

    IndexWatch(IndexComparison comparison) {
        this.comparison = comparison;
    }

    /**
     * Passes a namespace whose index agreed since the connections were made.
     *
     * @throws PartialAnswerException if it does not; it is being mended then
     */
    public void requireCompared(String namespace) {
        if (compared.contains(namespace)) {
            return;
        }
        if (!isAgreed(namespace)) {
            mend(namespace);
            throw new PartialAnswerException("the index of " + namespace + " is being mended");
        }
        compared.add(namespace);
        checkSoon(namespace);
    }

    /** Has the index of a namespace compared and mended soon. */
    public void mend(String namespace) {
        compared.remove(namespace);
        checkSoon(namespace);
    }

    /** Has the index of a namespace compared again before it is next used. */
    public void doubt(String namespace) {
        compared.remove(namespace);
    }

    /** Has all indexes compared again before they are next used: Redis may have been restarted. */
    public void doubtAll() {
        compared.clear();
    }

    /** The next namespace that is to be checked; waits a while for the first. */
    Optional<String> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(asked.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Besides mending, a check notes when all was right. */
    private void checkSoon(String namespace) {
        if (!asked.contains(namespace)) {
            asked.add(namespace);
        }
    }

    private boolean isAgreed(String namespace) {
        try {
            return comparison.of(namespace).isNone();
        } catch (DataAccessException e) {
            throw new PartialAnswerException("the registry cannot be read: " + e.getMessage());
        }
    }
}
