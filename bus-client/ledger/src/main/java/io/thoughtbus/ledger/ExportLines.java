package io.thoughtbus.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads an export line by line, and lines out of events; a line ends with a line feed, and nothing else does. */
final class ExportLines {
    private static final int LONGEST = 64 << 20;
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final String origin;
    private final byte[] chunk = new byte[CHUNK];
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int at;
    private int filled;
    private @Nullable String next;
    private boolean ended;
    private long number;

    ExportLines(InputStream in, String origin) {
        this.in = in;
        this.origin = origin;
    }

    /** The number of the line that was taken last, from 1. */
    long number() {
        return number;
    }

    /** The next line without taking it; absent at the end, also where it is torn. */
    @Nullable
    String peek() throws IOException {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next;
    }

    /** Takes the next line; absent at the end. */
    @Nullable
    String take() throws IOException {
        String line = peek();
        next = null;
        if (line != null) {
            number++;
        }
        return line;
    }

    private @Nullable String read() throws IOException {
        begun.reset();
        while (at < filled || fill()) {
            int start = at;
            while (at < filled) {
                if (chunk[at++] == '\n') {
                    begun.write(chunk, start, at - 1 - start);
                    return plain(decoded());
                }
            }
            begun.write(chunk, start, at - start);
            if (begun.size() > LONGEST) {
                throw new IOException("line " + (number + 1) + " is longer than " + LONGEST + " bytes");
            }
        }
        return null;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(chunk));
        return filled > 0;
    }

    private String decoded() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(begun.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return "not UTF-8";
        }
    }

    /** An event that says anything else than its line does is left as it is: whoever misses the line names it. */
    private String plain(String line) {
        if (!CloudEvents.isEvent(line)) {
            return line;
        }
        try {
            return CloudEvents.unwrap(line, origin);
        } catch (IllegalArgumentException e) {
            return line;
        }
    }
}
