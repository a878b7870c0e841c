package io.thoughtbus.server.campaign;

import io.thoughtbus.client.ThoughtBus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Subscribers that open event streams and read no byte of them, and takers that take and never answer. */
final class Stalled implements AutoCloseable {
    private static final int LEAST_BUFFER = 1_024;
    private static final int WINDOW = 128;
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final URI bus;
    private final List<Socket> sockets = new ArrayList<>();
    private final ThoughtBus client;
    private int taken;

    Stalled(String uri) {
        this.bus = URI.create(uri);
        this.client = ThoughtBus.connect(bus);
    }

    /** Opens a stream that nobody reads. */
    void read(String subscription) {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            socket.setReceiveBufferSize(LEAST_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), bus.getPort()));
            String request = "GET /v1" + bus.getPath() + "/subscriptions/" + subscription + "/wakes?max=" + WINDOW
                    + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what there is, and gives no verdict. */
    void take(String subscription) {
        taken += client.inbox(subscription).take(WINDOW, WAIT).size();
    }

    /** How many wakes were taken and not answered. */
    int taken() {
        return taken;
    }

    @Override
    public void close() {
        client.close();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
