package io.thoughtbus.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A publisher of one fact after the other on a connection kept open while the bus lets it, at the least cost. */
final class RawPublisher implements AutoCloseable {
    private static final int LONGEST_ANSWER = 4096;

    private final URI uri;
    private final byte[] answer = new byte[LONGEST_ANSWER];
    private Socket socket;

    RawPublisher(URI uri) throws IOException {
        this.uri = uri;
        this.socket = connect();
    }

    /** A request as it travels, made once and sent often. */
    static byte[] request(URI uri, byte[] body) {
        byte[] head = ("POST " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Sends a request and waits for its answer, which must hold this text. */
    void publish(byte[] request, String expected) throws IOException {
        socket.getOutputStream().write(request);
        String text = readAnswer();
        if (!text.startsWith("HTTP/1.1 201") || !text.contains(expected)) {
            throw new IllegalStateException("the bus answered " + text);
        }
        if (text.contains("\r\nConnection: close\r\n")) {
            socket.close();
            socket = connect();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Socket connect() throws IOException {
        Socket opened = new Socket(uri.getHost(), uri.getPort());
        opened.setTcpNoDelay(true);
        return opened;
    }

    private String readAnswer() throws IOException {
        int length = 0;
        while (true) {
            int read = socket.getInputStream().read(answer, length, answer.length - length);
            if (read < 0) {
                throw new EOFException("the bus hung up");
            }
            length += read;
            String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
            if (isWhole(text)) {
                return text;
            }
        }
    }

    private static boolean isWhole(String text) {
        int body = text.indexOf("\r\n\r\n") + 4;
        if (body < 4) {
            return false;
        }
        String head = text.substring(0, body).toLowerCase(Locale.ROOT);
        int length = head.indexOf("content-length: ");
        return length < 0
                ? text.endsWith("\r\n0\r\n\r\n")
                : text.length() - body == Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length)));
    }
}
