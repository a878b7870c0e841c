package io.thoughtbus.server.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/** Looks at a Redis before the bus trusts facts to it. */
final class RedisCheck {
    private static final Logger log = LoggerFactory.getLogger(RedisCheck.class);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private static final ProtocolCommand SEARCH_CONFIG = () -> SafeEncoder.encode("FT.CONFIG");

    private final RedisClient redis;

    private final RedisAddress address;
    private final Clock clock;

    RedisCheck(RedisClient redis, RedisAddress address, Clock clock) {
        this.redis = redis;
        this.address = address;
        this.clock = clock;
    }

    /**
     * Passes a Redis that keeps what it is given and can search it; warns of what weakens the promises.
     *
     * @throws UnsuitableRedisException with the setting to change, if facts could be lost or nothing would match
     */
    void run() {
        Map<String, String> info = info();
        requireVersion(info.getOrDefault("redis_version", "0"));
        requireModules();
        requirePrimary(info);
        requireNoEviction();
        warnWithoutAppendOnlyFile(info);
        warnOfWrongClock();
        failOnTimeout();
        log.info("Redis {} at {}", info.get("redis_version"), address);
    }

    static Map<String, String> parse(String info) {
        Map<String, String> values = new HashMap<>();
        info.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> values.put(parts[0], parts[1].strip()));
        return values;
    }

    private Map<String, String> info() {
        try {
            return parse(redis.info());
        } catch (JedisAccessControlException e) {
            throw refused("Redis at " + address + " refuses the login: " + e.getMessage(), LOGIN, e);
        } catch (JedisConnectionException e) {
            JedisAccessControlException login = cause(e, JedisAccessControlException.class);
            if (login != null) {
                throw refused("Redis at " + address + " refuses the login: " + login.getMessage(), LOGIN, e);
            }
            throw refused(
                    "there is no Redis at " + address + ": " + e.getMessage(),
                    "Start it, correct thoughtbus.redis.uri, or remove that setting to have the bus start its own.",
                    e);
        } catch (JedisDataException e) {
            throw refused("Redis at " + address + " does not answer INFO: " + e.getMessage(), LOGIN, e);
        }
    }

    private static final String LOGIN =
            "Give user and password in thoughtbus.redis.uri=redis://user:password@host:6379, of a user who may run all "
                    + "commands of +@all on the keys ~tb:*.";

    private void requireVersion(String version) {
        List<Integer> numbers = Stream.of((version + ".0.0").split("\\."))
                .limit(2)
                .map(Integer::parseInt)
                .toList();
        if (numbers.get(0) < 7 || (numbers.get(0) == 7 && numbers.get(1) < 4)) {
            throw new UnsuitableRedisException(
                    "Redis at " + address + " is version " + version + ", which is older than 7.4",
                    "Use Redis 8, or Redis Stack 7.4.");
        }
    }

    private void requireModules() {
        for (Map.Entry<String, String> needed :
                Map.of("FT.SEARCH", "search", "JSON.SET", "JSON").entrySet()) {
            List<?> known = (List<?>) redis.executeCommand(
                    new CommandArguments(Command.COMMAND).add("INFO").add(needed.getKey()));
            if (known.isEmpty() || known.get(0) == null) {
                throw new UnsuitableRedisException(
                        "Redis at " + address + " lacks the " + needed.getValue() + " module",
                        "Use Redis 8, which has it, or load it with 'loadmodule' in redis.conf.");
            }
        }
    }

    private void requirePrimary(Map<String, String> info) {
        if (!"master".equals(info.getOrDefault("role", "master"))) {
            throw new UnsuitableRedisException(
                    "Redis at " + address + " is a replica, which cannot be written",
                    "Name the primary, " + info.get("master_host") + ":" + info.get("master_port")
                            + ", in thoughtbus.redis.uri.");
        }
    }

    private void requireNoEviction() {
        String policy = configured("maxmemory-policy");
        if (!policy.isEmpty() && !policy.equals("noeviction")) {
            throw new UnsuitableRedisException(
                    "Redis at " + address + " may evict facts: its maxmemory-policy is " + policy,
                    "Set it with 'CONFIG SET maxmemory-policy noeviction' and in redis.conf.");
        }
    }

    private void warnWithoutAppendOnlyFile(Map<String, String> info) {
        if (!"1".equals(info.get("aof_enabled"))) {
            log.warn(
                    "Redis at {} keeps no append-only file: a restart of Redis loses facts. "
                            + "Set 'CONFIG SET appendonly yes' and the same in redis.conf",
                    address);
        }
    }

    private void warnOfWrongClock() {
        List<?> time = (List<?>) redis.executeCommand(new CommandArguments(Command.TIME));
        long theirs = Long.parseLong(SafeEncoder.encode((byte[]) time.get(0)));
        Duration off = Duration.ofSeconds(theirs - clock.instant().getEpochSecond());
        if (off.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            log.warn("The clocks of Redis at {} and of this machine differ by {}: set both by NTP", address, off.abs());
        }
    }

    /** Asks for an error where a search takes too long. Should it be refused: the warnings of short answers are seen too. */
    private void failOnTimeout() {
        try {
            redis.executeCommand(new CommandArguments(SEARCH_CONFIG)
                    .add("SET")
                    .add("ON_TIMEOUT")
                    .add("FAIL"));
        } catch (JedisDataException e) {
            log.debug("Redis at {} does not let the search's behaviour at time-outs be set", address, e);
        }
    }

    private String configured(String parameter) {
        try {
            CommandObject<Map<String, String>> get = new CommandObject<>(
                    new CommandArguments(Command.CONFIG).add("GET").add(parameter), BuilderFactory.STRING_MAP);
            return redis.executeCommand(get).getOrDefault(parameter, "");
        } catch (JedisDataException e) {
            log.warn(
                    "Redis at {} does not tell its {}; make sure that it is as docs/configuration.md wants it",
                    address,
                    parameter);
            return "";
        }
    }

    private static UnsuitableRedisException refused(String wrong, String remedy, Throwable e) {
        return new UnsuitableRedisException(wrong, remedy, e);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
