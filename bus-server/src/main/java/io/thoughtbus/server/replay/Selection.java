package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.server.interest.Filter;
import io.thoughtbus.server.journal.StoredFact;
import org.jspecify.annotations.Nullable;

/** Tells the facts that a replay or an export looks at from those that it passes over. */
public final class Selection {
    private final Choice choice;
    private final @Nullable Embedding meaning;
    private final @Nullable Filter filter;

    /**
     * The selection that a choice means.
     *
     * @throws io.thoughtbus.protocol.InvalidFieldException if its filter is none
     */
    public Selection(Choice choice, Embedder embedder) {
        this.choice = choice;
        this.filter = choice.filter() == null ? null : Filter.compile(choice.filter());
        this.meaning =
                choice.about() == null ? null : embedder.embed(choice.about().text());
    }

    /** Whether a fact is looked at; one that lacks what the filter reads is not. */
    public boolean includes(StoredFact fact) {
        return isNear(fact) && (isAnyFact() || includes(fact.fact()));
    }

    private boolean isNear(StoredFact fact) {
        return meaning == null
                || choice.about() == null
                || meaning.dot(fact.embedding()) >= choice.about().threshold();
    }

    private boolean isAnyFact() {
        return choice.subject() == null && choice.publisher() == null && filter == null;
    }

    private boolean includes(Fact fact) {
        return (choice.subject() == null || choice.subject().equals(fact.subject()))
                && (choice.publisher() == null || choice.publisher().equals(fact.publisher()))
                && (filter == null || filter.test(fact).passes());
    }
}
