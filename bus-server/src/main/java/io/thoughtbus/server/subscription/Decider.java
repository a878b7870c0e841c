package io.thoughtbus.server.subscription;

/**
 * The model and the guard that decide facts, besides the version in force.
 *
 * @param model the model's tag
 * @param guard the guard's tag
 */
public record Decider(String model, String guard) {
    static Decider parse(String value) {
        int space = value.indexOf(' ');
        return new Decider(value.substring(0, space), value.substring(space + 1));
    }

    @Override
    public String toString() {
        return model + " " + guard;
    }
}
