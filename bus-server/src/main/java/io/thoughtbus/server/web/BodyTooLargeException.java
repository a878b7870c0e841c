package io.thoughtbus.server.web;

import java.io.IOException;

/** A body that goes on after as many bytes as may be read. */
final class BodyTooLargeException extends IOException {
    private final long limit;

    BodyTooLargeException(long limit) {
        super("the body is larger than " + limit + " bytes");
        this.limit = limit;
    }

    ProblemException toProblem() {
        return new ProblemException(ProblemType.TOO_LARGE, "the body may hold at most " + limit + " bytes");
    }
}
