package io.thoughtbus.server.redis;

import redis.clients.jedis.exceptions.JedisException;

/** A search whose answer lacks rows: to be asked again, and never to be taken for an answer. */
public final class PartialAnswerException extends JedisException {
    /** A partial answer, and how it showed. */
    public PartialAnswerException(String message) {
        super(message);
    }
}
