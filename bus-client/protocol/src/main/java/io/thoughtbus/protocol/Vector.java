package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * An embedding that a publisher made itself. Travels as base64 of little-endian FLOAT32, or as an array of numbers.
 */
public final class Vector {
    private static final int LONGEST = 4096;

    private final float[] components;

    private Vector(float[] components) {
        this.components = components;
    }

    /** The vector with these 1 to 4,096 components; a copy is taken. */
    public static Vector of(float... components) {
        checkLength(components.length);
        return new Vector(components.clone());
    }

    /**
     * The vector as it travels.
     *
     * @param json a text in base64 or a list of numbers
     * @throws InvalidFieldException if it is neither, or has no or more than 4,096 components
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Vector fromJson(Object json) {
        if (json instanceof String base64) {
            return fromBase64(base64);
        }
        if (json instanceof List<?> numbers) {
            return fromNumbers(numbers);
        }
        throw invalid("must be an array of numbers, or base64 of little-endian FLOAT32");
    }

    /** A copy of the components. */
    public float[] toArray() {
        return components.clone();
    }

    /** Base64 of the components as little-endian FLOAT32. */
    @JsonValue
    public String toBase64() {
        ByteBuffer bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector that && Arrays.equals(components, that.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "Vector[" + components.length + " components]";
    }

    private static Vector fromBase64(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid("must be base64 of little-endian FLOAT32 but is no base64");
        }
        if (bytes.length % Float.BYTES != 0) {
            throw invalid("must be base64 of little-endian FLOAT32 but held " + bytes.length + " bytes");
        }
        float[] components = new float[checkLength(bytes.length / Float.BYTES)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
        return new Vector(components);
    }

    private static Vector fromNumbers(List<?> numbers) {
        float[] components = new float[checkLength(numbers.size())];
        for (int i = 0; i < components.length; i++) {
            if (!(numbers.get(i) instanceof Number number)) {
                throw invalid("must hold numbers only but element " + i + " is none");
            }
            components[i] = number.floatValue();
        }
        return new Vector(components);
    }

    private static int checkLength(int length) {
        if (length < 1 || length > LONGEST) {
            throw invalid("must have 1 to " + LONGEST + " components but had " + length);
        }
        return length;
    }

    private static InvalidFieldException invalid(String expectation) {
        return new InvalidFieldException("", expectation);
    }
}
