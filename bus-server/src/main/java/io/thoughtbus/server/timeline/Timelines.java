package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Puts together what everybody knows of the facts that a timeline is about. */
@Component
final class Timelines {
    private static final int TOGETHER = 10;

    /** A page ends early when it holds so many entries, because each fact concerned many. */
    private static final int ENOUGH = 5_000;

    private static final Comparator<TimelineEntry> IN_ORDER = Comparator.comparing(Timelines::time)
            .thenComparing(TimelineEntry::fact)
            .thenComparing(Timelines::turn)
            .thenComparing(entry -> Objects.requireNonNullElse(entry.who(), ""));

    private final FactSelection selection;
    private final RedisJournal journal;
    private final List<Happenings> happenings;
    private final NearMatches near;

    Timelines(FactSelection selection, RedisJournal journal, List<Happenings> happenings, NearMatches near) {
        this.selection = selection;
        this.journal = journal;
        this.happenings = List.copyOf(happenings);
        this.near = near;
    }

    Timeline tell(String namespace, TimelineQuery query) {
        FactSelection.Page page = selection.of(namespace, query);
        List<TimelineEntry> entries = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        int told = 0;
        while (told < page.facts().size() && entries.size() < ENOUGH) {
            List<FactId> some = page.facts()
                    .subList(told, Math.min(told + TOGETHER, page.facts().size()));
            happenings.forEach(source -> entries.addAll(source.of(namespace, some, missing::add)));
            told += some.size();
        }
        if (query.fact() != null) {
            requireKnown(query.fact(), entries);
            journal.statements(namespace, List.of(query.fact())).stream()
                    .filter(fact -> !fact.isRetraction())
                    .map(Fact::id)
                    .forEach(fact -> entries.addAll(near.of(namespace, fact)));
        }
        return new Timeline(
                entries.stream()
                        .filter(entry -> query.subscription() == null || isAbout(entry, query.subscription()))
                        .sorted(IN_ORDER)
                        .toList(),
                told < page.facts().size() ? page.facts().get(told - 1) : page.next(),
                List.copyOf(missing));
    }

    /** What becomes of a wake stands as it was found: in its order, also within a millisecond. */
    private static What turn(TimelineEntry entry) {
        return switch (entry.what()) {
            case ANSWERED, DELIVERED, RETURNED, EXTENDED, VERDICT, DEAD_LETTER, REVIVED -> What.OWED;
            case PUBLISHED, MATCHED, STOPPED, NEARLY_MATCHED, TOLD, OWED, RETRACTED, SUPERSEDED, EXPIRED, ERASED ->
                entry.what();
        };
    }

    private static void requireKnown(FactId fact, List<TimelineEntry> entries) {
        if (entries.isEmpty()) {
            throw new ProblemException(
                    ProblemType.FACT_NOT_FOUND, "the journal holds no fact " + fact + ", and nothing is known of it");
        }
    }

    /** What happened between the fact and others is none of a subscription's business. */
    private static boolean isAbout(TimelineEntry entry, String subscription) {
        return switch (entry.what()) {
            case PUBLISHED, RETRACTED, SUPERSEDED, EXPIRED, ERASED -> true;
            default -> subscription.equals(entry.who());
        };
    }

    /** What is not dated stands with its fact. */
    static Instant time(TimelineEntry entry) {
        return entry.at() == null ? entry.fact().acceptedAt() : entry.at();
    }
}
