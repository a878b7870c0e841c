package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.About;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.server.replay.Choice;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which records of its range an export holds; what is absent chooses all.
 *
 * @param subscription of which a record must say something
 * @param facts about one of which a record must be, unless these are all
 */
record ExportChoice(@Nullable String subscription, Choice facts) {

    /** The choice for what was asked. */
    static ExportChoice of(
            @Nullable String subscription,
            @Nullable String subject,
            @Nullable String publisher,
            @Nullable String filter,
            @Nullable String about,
            @Nullable Double threshold) {
        if ((about == null) != (threshold == null)) {
            throw new InvalidFieldException("threshold", "must be given with about, and only then");
        }
        About meaning = about == null || threshold == null ? null : new About(about, threshold);
        return new ExportChoice(
                Fields.optionalId("subscription", subscription),
                new Choice(
                        Fields.optionalId("subject", subject),
                        Fields.optionalId("publisher", publisher),
                        filter,
                        meaning));
    }

    boolean isAll() {
        return subscription == null && isOfAllFacts();
    }

    boolean isOfAllFacts() {
        return facts.equals(Choice.ALL);
    }

    /** What an export says of it. */
    SortedMap<String, String> criteria() {
        SortedMap<String, String> criteria = new TreeMap<>();
        add(criteria, "subscription", subscription);
        add(criteria, "subject", facts.subject());
        add(criteria, "publisher", facts.publisher());
        add(criteria, "filter", facts.filter());
        if (facts.about() != null) {
            criteria.put("about", facts.about().text());
            criteria.put("threshold", Double.toString(facts.about().threshold()));
        }
        return criteria;
    }

    private static void add(SortedMap<String, String> criteria, String name, @Nullable String value) {
        if (value != null) {
            criteria.put(name, value);
        }
    }
}
