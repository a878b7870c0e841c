package io.thoughtbus.protocol;

/**
 * A taker's wish to wait no longer.
 *
 * @param taker the name it gave with its take
 */
public record LeaveRequest(String taker) {
    public LeaveRequest {
        Fields.id("taker", taker);
    }
}
