package io.thoughtbus.server.delivery;

import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.RedisClient;

/** Listens to the rings of the other servers. */
final class RingLoop implements Loop {
    private final RedisClients clients;
    private final Ring ring;
    private final Bells bells;
    private final WaitingRoom room;
    private final BinaryJedisPubSub subscriber = new BinaryJedisPubSub() {
        @Override
        public void onMessage(byte[] channel, byte[] message) {
            ring.heard(message);
        }

        @Override
        public void onSubscribe(byte[] channel, int subscribedChannels) {
            bells.ring(room.subscriptions());
        }
    };

    RingLoop(RedisClients clients, Ring ring, Bells bells, WaitingRoom room) {
        this.clients = clients;
        this.ring = ring;
        this.bells = bells;
        this.room = room;
    }

    @Override
    public String name() {
        return "ring";
    }

    @Override
    public Duration rest() {
        return Duration.ofMillis(100);
    }

    /** Listens until the connection breaks or {@link #stop} is called. */
    @Override
    public int doWork() {
        try (RedisClient redis = clients.listening()) {
            redis.subscribe(subscriber, RedisKeys.RING.getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }

    @Override
    public void stop() {
        if (subscriber.isSubscribed()) {
            subscriber.unsubscribe();
        }
    }
}
