package io.thoughtbus.server.faults;

import java.io.IOException;

/** What was read is not RESP, or too much of it for one value. */
final class MalformedRespException extends IOException {
    MalformedRespException(String message) {
        super(message);
    }
}
