package io.thoughtbus.client;

import io.thoughtbus.protocol.Problem;

/** The bus understood the request and refused it: trying the same again will not help. */
public final class RequestRefusedException extends BusException {
    private final Problem problem;

    RequestRefusedException(Problem problem) {
        super(problem.detail() + " (" + problem.status() + ", " + problem.type() + ")", null);
        this.problem = problem;
    }

    /** What was wrong, in the form of RFC 9457. */
    public Problem problem() {
        return problem;
    }

    /** Whether the problem is of a kind, by the last part of its type, such as {@code subscription-not-found}. */
    public boolean is(String kind) {
        return problem.type().endsWith(":" + kind);
    }
}
