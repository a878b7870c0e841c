package io.thoughtbus.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Speaks TLS with a certificate of its own to those who connect, and passes on what they say to a port without TLS. */
final class TlsProxy implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final ServerSocket door;
    private final int target;
    private final Path trustStore;

    private TlsProxy(ServerSocket door, int target, Path trustStore) {
        this.door = door;
        this.target = target;
        this.trustStore = trustStore;
    }

    /**
     * A proxy on this machine.
     *
     * @param name whom its certificate is made out to, as {@code ip:127.0.0.1} or {@code dns:localhost}
     */
    static TlsProxy to(int target, String name, Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        Path certificate = directory.resolve("certificate.pem");
        Path trust = directory.resolve("trust.p12");
        keytool("-genkeypair -alias redis -keyalg EC -dname CN=redis -ext san=" + name + " -keystore " + keys);
        keytool("-exportcert -rfc -alias redis -file " + certificate + " -keystore " + keys);
        keytool("-importcert -noprompt -alias redis -file " + certificate + " -keystore " + trust);
        ServerSocket door =
                context(keys).getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        TlsProxy proxy = new TlsProxy(door, target, trust);
        background(proxy::accept);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** What tells a JVM to trust the certificate. */
    List<String> trust() {
        return List.of("-Djavax.net.ssl.trustStore=" + trustStore, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket caller = door.accept();
            Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
            background(() -> pass(caller, redis));
            background(() -> pass(redis, caller));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = Files.createTempFile("keytool", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(log));
        }
        Files.delete(log);
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
