package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.EmbedderBusyException;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.EmbeddingException;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Vector;
import io.thoughtbus.server.web.Batches;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accepts facts: embeds what needs it, while it is found out whether they may be published, and journals. */
@Component
public final class FactPublisher {
    private final Embedder embedder;
    private final Namespaces namespaces;
    private final Admission admission;
    private final RedisFactWriter writer;

    FactPublisher(Embedder embedder, Namespaces namespaces, Admission admission, RedisFactWriter writer) {
        this.embedder = embedder;
        this.namespaces = namespaces;
        this.admission = admission;
        this.writer = writer;
    }

    /**
     * Publishes facts, each for itself.
     *
     * @param drafts facts, and {@link ProblemException}s in the places of those that were refused already
     * @return for each fact a {@link io.thoughtbus.protocol.Published} or a {@link ProblemException}
     */
    public List<Object> publish(String namespace, List<?> drafts, Durability wanted) {
        writer.requireAvailable(wanted);
        List<Object> checked = Batches.replace(
                drafts,
                FactDraft.class,
                facts -> facts.stream().map(this::checked).toList());
        return Batches.replace(checked, Checked.class, facts -> stored(namespace, facts, wanted));
    }

    /** Embeds and asks for admission at the same time; only what nothing is wrong with opens a namespace. */
    private List<Object> stored(String namespace, List<Checked> facts, Durability wanted) {
        Supplier<List<Object>> descents =
                admission.begin(namespace, facts.stream().map(Checked::draft).toList());
        List<Object> embedded = embedded(facts);
        List<Object> admitted = zip(embedded, descents.get(), FactPublisher::admitted);
        return Batches.replace(admitted, AdmittedDraft.class, whole -> {
            namespaces.open(namespace);
            return writer.write(namespace, whole, wanted);
        });
    }

    private static Object admitted(Object fact, Object admission) {
        if (!(fact instanceof EmbeddedDraft embedded)) {
            return fact;
        }
        return admission instanceof Descent descent
                ? new AdmittedDraft(embedded.draft(), embedded.embedding(), descent)
                : admission;
    }

    private Object checked(FactDraft draft) {
        return draft.vector() == null ? new Checked(draft, null) : given(draft, draft.vector());
    }

    private List<Object> embedded(List<Checked> facts) {
        List<Object> answers = facts.stream()
                .<Object>map(
                        fact -> fact.given() == null ? fact.draft() : new EmbeddedDraft(fact.draft(), fact.given()))
                .toList();
        return Batches.replace(answers, FactDraft.class, this::computed);
    }

    private List<?> computed(List<FactDraft> drafts) {
        try {
            return zip(
                    drafts,
                    embedder.embedAll(drafts.stream().map(FactDraft::text).toList()),
                    EmbeddedDraft::new);
        } catch (EmbedderBusyException e) {
            throw e;
        } catch (EmbeddingException e) {
            return drafts.stream().map(this::computedAlone).toList();
        }
    }

    private Object computedAlone(FactDraft draft) {
        try {
            return new EmbeddedDraft(draft, embedder.embed(draft.text()));
        } catch (EmbedderBusyException e) {
            throw e;
        } catch (EmbeddingException e) {
            return new ProblemException(ProblemType.INVALID_FIELD, "text " + e.getMessage(), "text");
        }
    }

    private Object given(FactDraft draft, Vector vector) {
        String model = embedder.modelId().toString();
        if (!model.equals(draft.model())) {
            return invalid("model", "must be that of the bus, " + model);
        }
        float[] components = vector.toArray();
        if (components.length != embedder.dimension()) {
            return invalid("vector", "must have " + embedder.dimension() + " components but had " + components.length);
        }
        try {
            return new Checked(draft, Embedding.normalized(components));
        } catch (IllegalArgumentException e) {
            return invalid("vector", "must have finite components, not all zero");
        }
    }

    private static ProblemException invalid(String field, String expectation) {
        return new ProblemException(ProblemType.INVALID_FIELD, field + " " + expectation, field);
    }

    private static <A, B> List<Object> zip(List<A> left, List<B> right, BiFunction<A, B, Object> pair) {
        List<Object> pairs = new ArrayList<>(left.size());
        for (int i = 0; i < left.size(); i++) {
            pairs.add(pair.apply(left.get(i), right.get(i)));
        }
        return pairs;
    }

    /** A fact that nothing is wrong with, as far as one can tell without the model. */
    private record Checked(FactDraft draft, @Nullable Embedding given) {}

    private record EmbeddedDraft(FactDraft draft, Embedding embedding) {}

    /**
     * A fact ready for the journal.
     *
     * @param retracts the fact that it only takes back; absent for one that states something
     */
    record AdmittedDraft(
            FactDraft draft,
            Embedding embedding,
            Descent descent,
            @Nullable FactId retracts) {

        AdmittedDraft(FactDraft draft, Embedding embedding, Descent descent) {
            this(draft, embedding, descent, null);
        }

        /** What no longer holds once this is in the journal; absent for most. */
        @Nullable
        Withdrawing withdrawing() {
            if (retracts != null) {
                return new Withdrawing(retracts, Withdrawal.How.RETRACTED);
            }
            return draft.supersedes() == null ? null : new Withdrawing(draft.supersedes(), Withdrawal.How.SUPERSEDED);
        }
    }
}
