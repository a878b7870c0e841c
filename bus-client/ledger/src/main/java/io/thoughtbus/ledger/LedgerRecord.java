package io.thoughtbus.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something of consequence that the bus did, as it enters the ledger.
 *
 * @param kind what it is: {@code fact}, {@code matches}, {@code delivery}, …
 * @param id of what it happened to
 * @param body what happened
 */
public record LedgerRecord(String kind, String id, JsonNode body) {
    /** How many bytes the salt of a record has. */
    public static final int SALT = 16;

    private static final long LARGEST_EXACT = (1L << 53) - 1;

    /** The bytes that are committed to, by RFC 8785; whole numbers that a double cannot hold are texts in them. */
    public byte[] canonical() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return canonical(json.objectNode().put("kind", kind).put("id", id).set("body", exact(body)));
    }

    /** The hash of the leaf for some canonical bytes: that of a commitment, which is SHA-256 of the salt and the bytes. */
    public static Hash leaf(byte[] salt, byte[] canonical) {
        return Hash.leaf(Hash.sha256(salt, canonical));
    }

    static byte[] canonical(JsonNode json) {
        return canonical(json.toString());
    }

    static byte[] canonical(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedUTF8();
        } catch (IOException e) {
            throw new IllegalArgumentException("it has no canonical form: " + e.getMessage(), e);
        }
    }

    static String text(byte[] canonical) {
        return new String(canonical, StandardCharsets.UTF_8);
    }

    private static JsonNode exact(JsonNode node) {
        if (node.isIntegralNumber()) {
            return isExact(node) ? node : JsonNodeFactory.instance.stringNode(node.asString());
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(exact(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                object.set(field.getKey(), exact(field.getValue()));
            }
            return object;
        }
        return node;
    }

    private static boolean isExact(JsonNode number) {
        return number.canConvertToLong() && number.asLong() >= -LARGEST_EXACT && number.asLong() <= LARGEST_EXACT;
    }
}
