package io.thoughtbus.server.redis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.SearchResult;
import redis.clients.jedis.search.schemafields.SchemaField;
import redis.clients.jedis.search.schemafields.VectorField;

/**
 * What all indexes in RediSearch have in common. Text from outside never becomes part of a query: vectors and numbers
 * travel as parameters, and so do ids, whose alphabet is safe besides.
 */
public final class RedisSearch {
    /** How long one query may run, in milliseconds; then it is an error and never a shorter answer. */
    public static final int TIMEOUT_MILLIS = 5_000;

    /** The query language that knows vectors and parameters. */
    public static final int DIALECT = 2;

    private RedisSearch() {}

    /** A field of exact search by inner product; the distance is one minus the product. */
    public static VectorField exactInnerProduct(String name, int dimension) {
        return VectorField.builder()
                .fieldName(name)
                .algorithm(VectorField.VectorAlgorithm.FLAT)
                .attributes(Map.of("TYPE", "FLOAT32", "DIM", dimension, "DISTANCE_METRIC", "IP"))
                .build();
    }

    /** Creates an index unless it is there; whether it was not. */
    public static boolean createIfAbsent(
            RedisClient redis, String index, FTCreateParams parameters, List<SchemaField> fields) {
        try {
            redis.ftCreate(index, parameters, fields);
            return true;
        } catch (JedisDataException e) {
            if (!String.valueOf(e.getMessage()).contains("already exists")) {
                throw e;
            }
            return false;
        }
    }

    /** How far an index has come. */
    public static IndexState state(RedisClient redis, String index) {
        Map<String, Object> info = redis.ftInfo(index);
        return new IndexState(
                (long) number(info, "num_docs"),
                number(info, "percent_indexed") >= 1 && number(info, "indexing") == 0,
                (long) number(info, "hash_indexing_failures"));
    }

    /**
     * The answer, if it is whole.
     *
     * @throws PartialAnswerException if RediSearch warns that rows are missing
     */
    public static SearchResult whole(SearchResult answer) {
        if (answer.getWarnings() != null && !answer.getWarnings().isEmpty()) {
            throw new PartialAnswerException("RediSearch warns: " + answer.getWarnings());
        }
        return answer;
    }

    /** Whether a query failed because its index is not there. */
    public static boolean isMissingIndex(JedisDataException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no such index") || message.contains("unknown index name");
    }

    private static double number(Map<String, Object> info, String name) {
        Object value = info.get(name);
        return value == null ? 0 : Double.parseDouble(value.toString());
    }

    /**
     * How far an index has come.
     *
     * @param documents how many are searchable
     * @param scanned whether everything that was there when the index was made has been looked at
     * @param failures how many could not be indexed
     */
    public record IndexState(long documents, boolean scanned, long failures) {}
}
