package io.thoughtbus.server.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of RESP 2 or RESP 3 into its values, each with everything nested in it and byte for byte as it came. An
 * attribute belongs to the value that follows it.
 */
final class RespReader {
    private static final int BUFFER = 64 * 1024;

    private final BufferedInputStream in;
    private final int mostBytes;

    /**
     * A reader.
     *
     * @param mostBytes the longest value that is accepted
     */
    RespReader(InputStream in, int mostBytes) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.mostBytes = mostBytes;
    }

    /** Waits until there is something to read; answers whether there is, or the stream has ended. */
    boolean awaitMore() throws IOException {
        in.mark(1);
        boolean more = in.read() >= 0;
        in.reset();
        return more;
    }

    /** The bytes that are there, RESP or not. */
    byte[] chunk() throws IOException {
        byte[] chunk = new byte[BUFFER];
        int length = in.read(chunk);
        return Arrays.copyOf(chunk, Math.max(0, length));
    }

    /**
     * The next value.
     *
     * @throws EOFException if the stream ends before the value does
     * @throws MalformedRespException if it is no RESP or too long
     */
    byte[] value() throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (long due = 1; due > 0; due--) {
            String line = line(value);
            switch (line.charAt(0)) {
                case '+', '-', ':', '_', ',', '#', '(' -> {}
                case '$', '=', '!' -> bulk(line, value);
                case '*', '~', '>' -> due += Math.max(0, length(line));
                case '%' -> due += 2 * length(line);
                case '|' -> due += 2 * length(line) + 1;
                default -> throw new MalformedRespException("no RESP value starts like this: " + line);
            }
        }
        return value.toByteArray();
    }

    private String line(ByteArrayOutputStream value) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = 0;
        for (int next = read(); last != '\r' || next != '\n'; next = read()) {
            require(value.size() + line.size() + 2L);
            line.write(next);
            last = next;
        }
        line.write('\n');
        value.writeBytes(line.toByteArray());
        String text = line.toString(StandardCharsets.ISO_8859_1).strip();
        if (text.isEmpty()) {
            throw new MalformedRespException("an empty line is no RESP value");
        }
        return text;
    }

    private void bulk(String line, ByteArrayOutputStream value) throws IOException {
        long length = length(line);
        if (length < 0) {
            return;
        }
        require(value.size() + length + 2);
        byte[] bytes = in.readNBytes((int) length + 2);
        if (bytes.length < length + 2) {
            throw ended();
        }
        if (bytes[bytes.length - 2] != '\r' || bytes[bytes.length - 1] != '\n') {
            throw new MalformedRespException("a bulk of " + length + " bytes is longer than it says");
        }
        value.writeBytes(bytes);
    }

    /** The number after the first character; -1 is that of null. */
    private long length(String line) throws MalformedRespException {
        try {
            long length = Long.parseLong(line.substring(1));
            require(length);
            if (length >= -1) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new MalformedRespException("no length: " + line);
        }
        throw new MalformedRespException("no length: " + line);
    }

    private int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw ended();
        }
        return next;
    }

    private void require(long size) throws MalformedRespException {
        if (size > mostBytes) {
            throw new MalformedRespException("a value is longer than " + mostBytes + " bytes");
        }
    }

    private static EOFException ended() {
        return new EOFException("the stream ended within a value");
    }
}
