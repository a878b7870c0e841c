package io.thoughtbus.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection to a bus on which anything can be said, HTTP or not. */
public final class RawSocket implements AutoCloseable {
    private static final int LONGEST_SILENCE_MILLIS = 20_000;

    private final Socket socket;

    /** A connection to the bus at this port. */
    public RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says these characters, of which each becomes one byte. */
    public RawSocket say(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the bus says until it closes the connection, or until it has said something that ends like this. */
    public String hearUntil(String end) {
        try {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            while (end.isEmpty() || !heard.toString(StandardCharsets.UTF_8).endsWith(end)) {
                int value = in.read();
                if (value < 0) {
                    break;
                }
                heard.write(value);
            }
            return heard.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the bus says until it closes the connection. */
    public String hear() {
        return hearUntil("");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
