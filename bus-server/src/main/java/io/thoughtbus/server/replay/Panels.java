package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.subscription.Decider;
import io.thoughtbus.server.subscription.ShardHistory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For each model whose embeddings the journal holds, the versions that decide its facts. */
final class Panels {
    private static final Logger log = LoggerFactory.getLogger(Panels.class);

    private final Interests interests;
    private final String namespace;
    private final String presentModel;
    private final List<ShardHistory> histories;
    private final List<List<ShardHistory.Span>> spans;
    private final Map<String, Panel> byModel = new HashMap<>();
    private final Set<String> incomplete = new HashSet<>();
    private FactId first = new FactId(0, 0, 0);
    private FactId last = first;

    /**
     * The panels of one namespace.
     *
     * @param histories of each shard, in their order
     * @param subscriptions the only ones to seat; empty for all
     */
    Panels(
            Interests interests,
            String namespace,
            String presentModel,
            List<ShardHistory> histories,
            Set<String> subscriptions) {
        this.interests = interests;
        this.namespace = namespace;
        this.presentModel = presentModel;
        this.histories = histories;
        this.spans = histories.stream()
                .map(history -> history.spans().stream()
                        .filter(span -> subscriptions.isEmpty()
                                || subscriptions.contains(span.version().subscription()))
                        .toList())
                .toList();
    }

    /** Makes ready for facts between two positions, both included. */
    void moveTo(FactId from, FactId to) {
        first = from;
        last = to;
        byModel.values().forEach(panel -> panel.moveTo(from, to));
    }

    /** The model and guard that decided a fact; empty if that was before anybody noted them. */
    Optional<Decider> deciderOf(FactId fact) {
        return histories.get(fact.shard()).deciderOf(fact);
    }

    /** The embedding by which a fact was decided; none if another model than the present made it and did not journal it. */
    Optional<Embedding> decided(StoredFact fact) {
        String model = model(fact);
        if (model.equals(fact.model())) {
            return Optional.of(fact.stored());
        }
        return model.equals(presentModel) ? Optional.of(fact.embedding()) : Optional.empty();
    }

    /** The panel that decides a fact; none if another model than the present decided, and not all is kept that it made. */
    Optional<Panel> of(StoredFact fact, Embedding embedding) {
        String model = model(fact);
        Panel panel = byModel.computeIfAbsent(model, name -> panel(name, embedding.dimension()));
        Optional<InterestRef> missing = panel.missingFor(fact.id());
        if (missing.isPresent() && model.equals(presentModel)) {
            throw new IncompleteHistoryException(
                    "the version " + missing.get() + " decides facts of this range and is no longer stored");
        }
        if (missing.isPresent() && incomplete.add(model)) {
            log.info(
                    "Facts of {} that the former model {} decided by {} cannot be decided again, for it is no longer stored",
                    namespace,
                    model,
                    missing.get());
        }
        return missing.isPresent() ? Optional.empty() : Optional.of(panel);
    }

    private String model(StoredFact fact) {
        return deciderOf(fact.id()).map(Decider::model).orElseGet(fact::model);
    }

    private Panel panel(String model, int dimension) {
        Panel panel = new Panel(spans, refs -> interests.findAll(namespace, model, dimension, refs), dimension);
        panel.moveTo(first, last);
        return panel;
    }
}
