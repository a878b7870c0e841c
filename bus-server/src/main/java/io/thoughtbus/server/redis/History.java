package io.thoughtbus.server.redis;

import java.util.Map;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;

/**
 * An unbroken history of writes, named by Redis' {@code master_replid}. Redis takes a new name at each start and
 * whenever another server becomes the primary, and none comes back. So if two commands saw the same history, all that
 * was written between them is in the memory of the server that answered the second, and no crash, restart or failover
 * can have taken any of it away. Asking costs Redis a microsecond.
 *
 * @param id its name
 */
public record History(String id) {

    /** Asks, in a pipeline, which history the commands before and after the question belong to. */
    public static Question ask(Pipeline pipeline) {
        return new Question(pipeline.executeCommand(
                new CommandObject<>(new CommandArguments(Command.INFO).add("replication"), BuilderFactory.STRING)));
    }

    static History of(Map<String, String> info) {
        return new History(info.getOrDefault("master_replid", "none"));
    }

    /** A question whose answer is there once the pipeline was sent. */
    public record Question(Response<String> info) {

        /** The answer. */
        public History answer() {
            return of(RedisCheck.parse(info.get()));
        }
    }
}
