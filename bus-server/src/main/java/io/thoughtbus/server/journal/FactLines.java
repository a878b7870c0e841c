package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Facts that come as lines, taken as many at a time as have arrived; a line that has only begun keeps none waiting. */
final class FactLines {
    private static final int MOST_TOGETHER = 256;
    private static final int BUFFER = 64 * 1024;

    private final InputStream stream;
    private final FactReader reader;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isTooLong;
    private int position;
    private int filled;
    private boolean ended;

    FactLines(InputStream stream, FactReader reader) {
        this.stream = stream;
        this.reader = reader;
    }

    /**
     * The facts of the next lines, at least one unless there are no more; a
     * {@link io.thoughtbus.server.web.ProblemException} in the place of a line that is no fact.
     */
    List<Object> next() throws IOException {
        List<Object> facts = new ArrayList<>();
        while (facts.size() < MOST_TOGETHER && (facts.isEmpty() ? !ended : isMoreAtHand())) {
            int value = read();
            if (value < 0 || value == '\n') {
                ended = value < 0;
                endLine(facts);
            } else if (line.size() < Limits.FACT_BYTES) {
                line.write(value);
            } else {
                isTooLong = true;
            }
        }
        return facts;
    }

    private void endLine(List<Object> facts) {
        if (isTooLong) {
            facts.add(FactReader.tooLarge());
        } else if (!line.toString(StandardCharsets.ISO_8859_1).isBlank()) {
            facts.add(reader.readLine(line.toByteArray()));
        }
        line.reset();
        isTooLong = false;
    }

    private boolean isMoreAtHand() throws IOException {
        return !ended && (position < filled || stream.available() > 0);
    }

    private int read() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, stream.read(buffer));
        }
        return position < filled ? buffer[position++] & 0xff : -1;
    }
}
