package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;

/**
 * A wake that nobody will be woken by any more though no subscriber finished it: a dead letter, or one whose fact had
 * expired.
 *
 * @param wake the wake's id
 */
public record EndedWake(String subscription, String wake) {

    /** The fact it was about, which is the first part of its id. */
    FactId fact() {
        return FactId.parse("wake", wake.substring(0, wake.indexOf('.')));
    }

    WakeName name() {
        return new WakeName(subscription, wake);
    }
}
