package io.thoughtbus.server.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.SafeEncoder;

/** Looks at a Redis before the bus trusts facts to it. */
final class RedisCheck {
    private static final Logger log = LoggerFactory.getLogger(RedisCheck.class);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);
    private static final Duration CLOCK_BOUND = Duration.ofHours(1);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

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
        try {
            requireModules();
            requireNoCluster(info);
            RedisFaults.replica(address, info).ifPresent(RedisCheck::refuse);
            RedisFaults.eviction(address, info).ifPresent(RedisCheck::refuse);
            requireClock();
            requireWrites();
            warnOfLoss(info);
            failOnTimeout();
        } catch (JedisAccessControlException e) {
            throw refused("Redis at " + address + " does not let the bus do its work: " + e.getMessage(), LOGIN, e);
        }
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
                    + "commands of +@all on the keys ~tb:* and the channel &tb:ring.";

    private void requireVersion(String version) {
        Matcher form = VERSION.matcher(version);
        boolean isNew = form.lookingAt()
                && (Integer.parseInt(form.group(1)) > 7
                        || (form.group(1).equals("7") && Integer.parseInt(form.group(2)) >= 4));
        if (!isNew) {
            throw new UnsuitableRedisException(
                    "Redis at " + address + " is version " + version + ", which is older than 7.4",
                    "Use Redis 8, or Redis Stack 7.4, and name it in thoughtbus.redis.uri.");
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

    private void requireNoCluster(Map<String, String> info) {
        if ("cluster".equals(info.get("redis_mode"))) {
            throw new UnsuitableRedisException(
                    "Redis at " + address + " is part of a cluster, and the bus reads several of its streams at once",
                    "Set 'cluster-enabled no' in redis.conf, or name a Redis of its own in thoughtbus.redis.uri.");
        }
    }

    /** Lifetimes are told by both clocks: where they differ by hours, facts that live would be taken for expired. */
    private void requireClock() {
        List<?> time = (List<?>) redis.executeCommand(new CommandArguments(Command.TIME));
        long theirs = Long.parseLong(SafeEncoder.encode((byte[]) time.get(0)));
        Duration off =
                Duration.ofSeconds(theirs - clock.instant().getEpochSecond()).abs();
        if (off.compareTo(CLOCK_BOUND) > 0) {
            throw new UnsuitableRedisException(
                    "the clocks of Redis at " + address + " and of this machine differ by " + off + ", more than "
                            + CLOCK_BOUND,
                    "Set both by NTP, with 'timedatectl set-ntp true' for example.");
        }
        if (off.compareTo(CLOCK_TOLERANCE) > 0) {
            log.warn(
                    "The clocks of Redis at {} and of this machine differ by {}: lifetimes may end that much early or"
                            + " late. Set both by NTP, with 'timedatectl set-ntp true' for example",
                    address,
                    off);
        }
    }

    private void requireWrites() {
        try {
            redis.set(RedisKeys.registry("probe"), "", SetParams.setParams().px(1_000));
            redis.publish(RedisKeys.RING, "probe");
        } catch (JedisAccessControlException e) {
            throw e;
        } catch (JedisDataException e) {
            throw refused("Redis at " + address + " takes no writes: " + e.getMessage(), remedy(e), e);
        }
    }

    private static String remedy(JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("OOM")) {
            return "Give it more memory with 'CONFIG SET maxmemory' and in redis.conf.";
        }
        if (message.startsWith("NOREPLICAS")) {
            return "Connect its replicas, or lower it with 'CONFIG SET min-replicas-to-write' and in redis.conf.";
        }
        return message.startsWith("MISCONF")
                ? "Make room on its disk; its log tells what went wrong."
                : "Start the bus again when it does; its log tells more.";
    }

    private void warnOfLoss(Map<String, String> info) {
        if (!"1".equals(info.get("aof_enabled"))) {
            log.warn(
                    "Redis at {} keeps no append-only file: a restart of Redis loses facts. "
                            + "Set 'CONFIG SET appendonly yes' and the same in redis.conf",
                    address);
        } else if (configured("appendfsync").equals("no")) {
            log.warn(
                    "Redis at {} leaves it to the system when to write to disk: a power cut loses half a minute of facts. "
                            + "Set 'CONFIG SET appendfsync everysec', or always, and the same in redis.conf",
                    address);
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

    private static void refuse(UnsuitableRedisException fault) {
        throw fault;
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
