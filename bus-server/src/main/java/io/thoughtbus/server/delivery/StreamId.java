package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.InvalidFieldException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event: of which stream, and the how manieth of it. A reader that comes back with the last one it saw
 * goes on with its stream.
 *
 * @param stream the stream's name
 * @param serial of the last event seen
 */
record StreamId(String stream, long serial) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16})\\.(\\d{1,18})");

    static StreamId fresh(RandomGenerator random) {
        return new StreamId(HexFormat.of().toHexDigits(random.nextLong()), 0);
    }

    static StreamId parse(String lastEventId) {
        Matcher form = FORM.matcher(lastEventId);
        if (!form.matches()) {
            throw new InvalidFieldException("Last-Event-ID", "must be the id of an event of this stream, or absent");
        }
        return new StreamId(form.group(1), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return stream + "." + serial;
    }
}
