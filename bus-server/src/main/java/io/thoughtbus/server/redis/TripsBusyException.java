package io.thoughtbus.server.redis;

import redis.clients.jedis.exceptions.JedisException;

/** Nothing was done, because others kept Redis busy for too long; it may succeed a little later. */
public final class TripsBusyException extends JedisException {
    TripsBusyException(String message) {
        super(message);
    }
}
