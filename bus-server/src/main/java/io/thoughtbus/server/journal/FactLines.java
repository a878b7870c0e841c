package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Limits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Facts that come as lines, taken as many at a time as have arrived. */
final class FactLines {
    private static final int MOST_TOGETHER = 256;
    private static final int BUFFER = 64 * 1024;

    private final InputStream stream;
    private final FactReader reader;
    private boolean ended;

    FactLines(InputStream stream, FactReader reader) {
        this.stream = new BufferedInputStream(stream, BUFFER);
        this.reader = reader;
    }

    /**
     * The facts of the next lines, at least one unless there are no more; a
     * {@link io.thoughtbus.server.web.ProblemException} in the place of a line that is no fact.
     */
    List<Object> next() throws IOException {
        List<Object> facts = new ArrayList<>();
        while (!ended && facts.size() < MOST_TOGETHER && (facts.isEmpty() || stream.available() > 0)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean fits = readLine(line);
            if (!fits) {
                facts.add(FactReader.tooLarge());
            } else if (!line.toString(StandardCharsets.ISO_8859_1).isBlank()) {
                facts.add(reader.readLine(line.toByteArray()));
            }
        }
        return facts;
    }

    private boolean readLine(ByteArrayOutputStream line) throws IOException {
        int length = 0;
        int value = stream.read();
        while (value >= 0 && value != '\n') {
            if (++length <= Limits.FACT_BYTES) {
                line.write(value);
            }
            value = stream.read();
        }
        ended = value < 0;
        return length <= Limits.FACT_BYTES;
    }
}
