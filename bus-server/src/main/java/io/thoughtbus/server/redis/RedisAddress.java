package io.thoughtbus.server.redis;

import java.net.URI;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** Where a Redis listens and how to log in. */
public record RedisAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls) {
    private static final int USUAL_PORT = 6379;
    private static final int CONNECT_MILLIS = 2_000;

    /** Longer than any query is allowed to run. */
    private static final int ANSWER_MILLIS = 10_000;

    /** The address of a Redis on this machine. */
    public static RedisAddress local(int port, String password) {
        return new RedisAddress("127.0.0.1", port, null, password, 0, false);
    }

    /**
     * The address in a URI.
     *
     * @throws UnsuitableRedisException if the URI is not of the form {@code redis[s]://[[user]:password@]host[:port][/db]}
     */
    public static RedisAddress of(URI uri) {
        if (!Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw malformed();
        }
        String[] login =
                uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        if (!path.matches("\\d{0,4}")) {
            throw malformed();
        }
        return new RedisAddress(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                login.length < 2 || login[0].isEmpty() ? null : login[0],
                login.length == 0 ? null : login[login.length - 1],
                path.isEmpty() ? 0 : Integer.parseInt(path),
                uri.getScheme().equals("rediss"));
    }

    HostAndPort hostAndPort() {
        return new HostAndPort(host, port);
    }

    JedisClientConfig clientConfig() {
        return DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP3)
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .blockingSocketTimeoutMillis(ANSWER_MILLIS)
                .user(user)
                .password(password)
                .database(database)
                .ssl(tls)
                .sslParameters(tls ? sslParameters() : null)
                .clientName("thought-bus")
                .build();
    }

    /** TLS that believes a certificate only if it is the host's own. */
    static SSLParameters sslParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** The address without the password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + (user == null ? "" : user + "@") + host + ":" + port + "/" + database;
    }

    private static UnsuitableRedisException malformed() {
        return new UnsuitableRedisException(
                "thoughtbus.redis.uri is not a Redis address",
                "Give it as redis://user:password@host:6379/0, or with rediss:// for TLS.");
    }
}
