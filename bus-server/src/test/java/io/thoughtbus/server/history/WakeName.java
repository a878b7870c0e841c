package io.thoughtbus.server.history;

/** Which wake of which subscription, whatever the attempt. */
record WakeName(String subscription, String wake) {

    @Override
    public String toString() {
        return "wake " + wake + " of " + subscription;
    }
}
