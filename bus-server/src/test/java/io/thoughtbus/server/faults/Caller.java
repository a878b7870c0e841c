package io.thoughtbus.server.faults;

import io.thoughtbus.server.redis.RedisAddress;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.SafeEncoder;

/** One Jedis connection that gives up soon. */
final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Line connection;

    private Caller(RedisAddress address, RedisProtocol protocol, Duration patience) {
        connection = new Line(
                address,
                DefaultJedisClientConfig.builder()
                        .protocol(protocol)
                        .password(address.password())
                        .connectionTimeoutMillis((int) patience.toMillis())
                        .socketTimeoutMillis((int) patience.toMillis())
                        .build());
    }

    static Caller of(RedisAddress address) {
        return new Caller(address, RedisProtocol.RESP3, PATIENCE);
    }

    static Caller of(RedisAddress address, RedisProtocol protocol) {
        return new Caller(address, protocol, PATIENCE);
    }

    static Caller of(RedisAddress address, Duration patience) {
        return new Caller(address, RedisProtocol.RESP3, patience);
    }

    /** Asks and waits for the answer. */
    Object ask(Command command, String... arguments) {
        say(command, arguments);
        return hear();
    }

    /** Asks something that Jedis knows no name of. */
    Object ask(String command, String... arguments) {
        ProtocolCommand named = () -> SafeEncoder.encode(command);
        CommandArguments all = new CommandArguments(named);
        List.of(arguments).forEach(all::add);
        connection.sendCommand(all);
        return hear();
    }

    /** Asks without waiting. */
    void say(Command command, String... arguments) {
        connection.sendCommand(command, arguments);
        connection.flush();
    }

    /** The next answer; texts as strings. */
    Object hear() {
        return SafeEncoder.encodeObject(connection.getOne());
    }

    @Override
    public void close() {
        connection.close();
    }

    /** A connection that does not keep questions to itself until somebody asks for the answer. */
    private static final class Line extends Connection {
        Line(RedisAddress address, JedisClientConfig config) {
            super(new HostAndPort(address.host(), address.port()), config);
        }

        @Override
        protected void flush() {
            super.flush();
        }
    }
}
