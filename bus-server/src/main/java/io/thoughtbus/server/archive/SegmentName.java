package io.thoughtbus.server.archive;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment's file. Of one segment the latest generation counts: erasing writes a new one and then removes
 * those before it.
 *
 * @param from the first leaf of the segment
 * @param generation how often it has been written anew
 */
record SegmentName(long from, int generation) {
    private static final Pattern FORM = Pattern.compile("(\\d{15})\\.(\\d{6})\\.tbs");

    /** The name that a file has; empty if it is not a segment's. */
    static Optional<SegmentName> parse(String file) {
        Matcher matcher = FORM.matcher(file);
        return matcher.matches()
                ? Optional.of(new SegmentName(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    SegmentName next() {
        return new SegmentName(from, generation + 1);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%015d.%06d.tbs", from, generation);
    }
}
