package io.thoughtbus.server.history;

import org.jspecify.annotations.Nullable;

/** A fact as far as it can be compared: two with one name ought to be one. */
record Statement(FactName name, @Nullable String subject, String text) {

    @Override
    public String toString() {
        return name + " \"" + text + "\"" + (subject == null ? "" : " about " + subject);
    }
}
