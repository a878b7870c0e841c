package io.thoughtbus.server.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;

/** Lines as they are kept, about a sixth as large. */
final class Compressed {
    private Compressed() {}

    static byte[] of(byte[] lines) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all bytes", e);
        }
        return packed.toByteArray();
    }

    /** Writes the lines as they were. */
    static void write(byte[] packed, OutputStream to) throws IOException {
        Inflater inflater = new Inflater();
        try {
            InflaterOutputStream out = new InflaterOutputStream(to, inflater);
            out.write(packed);
            out.finish();
        } finally {
            inflater.end();
        }
    }
}
