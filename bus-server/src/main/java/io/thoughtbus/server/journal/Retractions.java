package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.RetractionDraft;
import io.thoughtbus.server.journal.FactPublisher.AdmittedDraft;
import io.thoughtbus.server.journal.Withdrawal.How;
import io.thoughtbus.server.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Puts retractions into the journal, each behind the fact that it takes back and in the same shard. */
@Component
final class Retractions {
    private final RedisJournal journal;
    private final Namespaces namespaces;
    private final Admission admission;
    private final RedisFactWriter writer;
    private final Embedding meaningless;

    Retractions(
            RedisJournal journal,
            Namespaces namespaces,
            Admission admission,
            RedisFactWriter writer,
            Embedder embedder) {
        this.journal = journal;
        this.namespaces = namespaces;
        this.admission = admission;
        this.writer = writer;
        float[] anyDirection = new float[embedder.dimension()];
        anyDirection[0] = 1;
        this.meaningless = Embedding.ofUnit(anyDirection);
    }

    /** Retracts a fact; one that was retracted before is answered with its first retraction. */
    Published retract(String namespace, FactId id, RetractionDraft retraction, Durability wanted) {
        writer.requireAvailable(wanted);
        Withdrawing withdrawing = new Withdrawing(id, How.RETRACTED);
        Fact first =
                journal.statements(namespace, List.of(id)).stream().findFirst().orElseThrow(withdrawing::isGone);
        if (first.isRetraction()) {
            throw withdrawing.isRetraction();
        }
        FactDraft draft = draft(first, retraction);
        Object answer = admission.begin(namespace, List.of(draft)).get().get(0);
        if (answer instanceof Descent) {
            // in the chain where its fact stands, so that agents which take each other's facts back come to an end too
            Descent descent = new Descent(first.depth(), first.root());
            AdmittedDraft admitted = new AdmittedDraft(lasting(namespace, draft), meaningless, descent, id);
            answer = writer.write(namespace, List.of(admitted), wanted).get(0);
        }
        if (answer instanceof ProblemException refusal) {
            throw refusal;
        }
        return (Published) answer;
    }

    /** Nothing of the fact itself is repeated, so that it can be erased without its retraction. */
    private static FactDraft draft(Fact first, RetractionDraft retraction) {
        String text = "the fact " + first.id() + " is retracted";
        return new FactDraft(
                retraction.reason() == null ? text : text + ": " + retraction.reason(),
                first.subject(),
                Map.of(),
                retraction.key(),
                retraction.publisher(),
                Duration.between(first.acceptedAt(), first.expiresAt()),
                null,
                null,
                null,
                null,
                null);
    }

    /** Who was woken by the fact is told of its end although it had a short life. */
    private FactDraft lasting(String namespace, FactDraft draft) {
        Duration usual = namespaces.settings(namespace).ttl();
        return draft.ttl() == null || draft.ttl().compareTo(usual) < 0 ? draft.withTtl(usual) : draft;
    }
}
