package io.thoughtbus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** Requests that cost the sender as little as possible. */
final class RawHttp {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RawHttp() {}

    static byte[] json(Object body) {
        return JSON.writeValueAsBytes(body);
    }

    static void post(URI uri, byte[] body) throws IOException, InterruptedException {
        HttpResponse<Void> answer = CLIENT.send(request(uri, body), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("the bus answered " + answer.statusCode());
        }
    }

    static CompletableFuture<?> take(URI uri) {
        byte[] body = "{\"wait\": \"PT60S\"}".getBytes(StandardCharsets.UTF_8);
        return CLIENT.sendAsync(request(uri, body), HttpResponse.BodyHandlers.discarding());
    }

    static Stream stream(URI uri) throws IOException {
        return new Stream(uri);
    }

    private static HttpRequest request(URI uri, byte[] body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** A connection that has asked for server-sent events. */
    static final class Stream implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        private Stream(URI uri) throws IOException {
            socket = new Socket(uri.getHost(), uri.getPort());
            String request =
                    "GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = socket.getInputStream();
        }

        /** Whether the bus has answered and not hung up. */
        boolean isOpen() {
            try {
                socket.setSoTimeout(50);
                byte[] buffer = new byte[4096];
                int read = in.read(buffer);
                return read > 0 && new String(buffer, 0, read, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
            } catch (IOException e) {
                return false;
            }
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
}
