package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wake's id: which fact, by which version of the subscription, and in which replay if it is past. Written so that
 * ids of the same millisecond and shard sort in the order of the journal.
 *
 * @param revision of the version that decided
 * @param retracted whether it tells that what the fact takes back no longer holds, and not the fact itself
 * @param replay the replay's id; absent for a wake of the present
 */
public record WakeId(
        FactId fact,
        long revision,
        boolean retracted,
        @Nullable String replay) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,4})-(\\d{1,16})-(\\d{8,16})\\.(\\d{1,18})(r?)(?:\\.([A-Za-z0-9-]{1,64}))?");

    /** The wake of a fact itself. */
    public WakeId(FactId fact, long revision, @Nullable String replay) {
        this(fact, revision, false, replay);
    }

    /** The wake of a present fact. */
    static WakeId of(FactId fact, long revision) {
        return new WakeId(fact, revision, null);
    }

    /** The id in its written form, if it is one. */
    public static Optional<WakeId> parse(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            return Optional.empty();
        }
        FactId fact = new FactId(
                Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)));
        return Optional.of(
                new WakeId(fact, Long.parseLong(form.group(4)), !form.group(5).isEmpty(), form.group(6)));
    }

    @Override
    public String toString() {
        String present = String.format(
                Locale.ROOT,
                "%d-%d-%08d.%d%s",
                fact.shard(),
                fact.milliseconds(),
                fact.sequence(),
                revision,
                retracted ? "r" : "");
        return replay == null ? present : present + "." + replay;
    }
}
