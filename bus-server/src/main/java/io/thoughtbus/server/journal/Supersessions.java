package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.Withdrawal.How;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Refuses facts in the place of others that they cannot replace. Whether those are still there, and whether others
 * replaced them before, is found out when the facts are written.
 */
@Component
final class Supersessions {
    private final RedisJournal journal;

    Supersessions(RedisJournal journal) {
        this.journal = journal;
    }

    /** The answers so far, with refusals in the places of drafts that cannot stand for what they name. */
    List<Object> refuse(String namespace, List<FactDraft> drafts, List<Object> answers) {
        List<FactId> old = drafts.stream()
                .map(FactDraft::supersedes)
                .filter(Objects::nonNull)
                .toList();
        if (old.isEmpty()) {
            return answers;
        }
        List<Object> checked = new ArrayList<>(answers);
        List<Optional<JournalledFact>> found = journal.find(namespace, old);
        int next = 0;
        for (int i = 0; i < drafts.size(); i++) {
            if (drafts.get(i).supersedes() != null) {
                int place = i;
                found.get(next++)
                        .flatMap(fact -> refusal(drafts.get(place), fact))
                        .ifPresent(refusal -> checked.set(place, refusal));
            }
        }
        return checked;
    }

    private static Optional<ProblemException> refusal(FactDraft draft, JournalledFact old) {
        if (old.fact().isRetraction()) {
            return Optional.of(new Withdrawing(old.id(), How.SUPERSEDED).isRetraction());
        }
        return Objects.equals(draft.subject(), old.fact().subject())
                ? Optional.empty()
                : Optional.of(new ProblemException(
                        ProblemType.INVALID_FIELD,
                        "subject must be that of the fact which is superseded, "
                                + Objects.requireNonNullElse(old.fact().subject(), "none"),
                        "subject"));
    }
}
