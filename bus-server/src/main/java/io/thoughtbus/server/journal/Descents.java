package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells where facts stand in chains of causes, by what the journal holds of their causes. A cause that the journal does
 * not hold, or no longer, is taken for the first of its chain.
 */
@Component
final class Descents {
    private final RedisJournal journal;
    private final int deepest;

    Descents(RedisJournal journal, JournalProperties properties) {
        this.journal = journal;
        this.deepest = properties.maxDepth();
    }

    /** For each draft its {@link Descent}, or the refusal of one that would stand too deep. */
    List<Object> of(String namespace, List<FactDraft> drafts) {
        List<FactId> causes = drafts.stream()
                .map(FactDraft::cause)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<FactId, Descent> known = new HashMap<>();
        if (!causes.isEmpty()) {
            List<Optional<Descent>> found = journal.descents(namespace, causes);
            for (int i = 0; i < causes.size(); i++) {
                known.put(causes.get(i), found.get(i).orElse(Descent.NONE));
            }
        }
        return drafts.stream().map(draft -> bounded(draft.cause(), known)).toList();
    }

    private Object bounded(@Nullable FactId cause, Map<FactId, Descent> known) {
        if (cause == null) {
            return Descent.NONE;
        }
        Descent descent = known.getOrDefault(cause, Descent.NONE).next(cause);
        return descent.depth() <= deepest ? descent : tooDeep(cause, descent);
    }

    private ProblemException tooDeep(FactId cause, Descent descent) {
        return new ProblemException(
                ProblemType.CHAIN_TOO_LONG,
                "cause " + cause + " would give this fact the depth " + descent.depth()
                        + ", and chains of causes end at " + deepest + "; this one began with " + descent.root(),
                "cause");
    }
}
