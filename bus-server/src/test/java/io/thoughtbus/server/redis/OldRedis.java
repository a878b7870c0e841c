package io.thoughtbus.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A Redis that says it is of an older version than it is. */
final class OldRedis implements AutoCloseable {
    private final ServerSocket door;
    private final RedisAddress real;
    private final String version;

    private OldRedis(ServerSocket door, RedisAddress real, String version) {
        this.door = door;
        this.real = real;
        this.version = version;
    }

    /** The Redis at an address, under a version written in as many characters as its own. */
    static OldRedis at(RedisAddress real, String version) throws IOException {
        OldRedis redis = new OldRedis(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), real, version);
        background(redis::accept);
        return redis;
    }

    RedisAddress address() {
        return RedisAddress.local(door.getLocalPort(), String.valueOf(real.password()));
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket caller = door.accept();
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), real.port());
            background(() -> pass(caller, redis));
            background(() -> pass(redis, caller));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String said = new String(buffer, 0, read, StandardCharsets.ISO_8859_1)
                        .replaceAll("redis_version:\\S+", "redis_version:" + version);
                out.write(said.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        }
    }

    /** A connection that ends takes its two threads with it. */
    private static void background(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
