package io.thoughtbus.server.delivery;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sends those who wait away before the web server waits for them to go. */
@Component
final class WaitingRoomLifecycle implements SmartLifecycle {
    private final WaitingRoom room;
    private volatile boolean running;

    WaitingRoomLifecycle(WaitingRoom room) {
        this.room = room;
    }

    @Override
    public void start() {
        room.open();
        running = true;
    }

    @Override
    public void stop() {
        room.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
