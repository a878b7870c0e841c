package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.journal.NamespacePart;
import io.thoughtbus.server.redis.PartialAnswerException;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisSearch;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.SearchResult;

/** The interests in force, found by exact vector search: one index for each namespace and model. */
public final class RedisInterestIndex implements NamespacePart {
    /** How much farther to look than to the margin zero: more than FLOAT32 can be off. The JVM decides exactly. */
    private static final double RADIUS = 1 + 1e-4;

    private static final String QUERY = "@v:[VECTOR_RANGE $r $q]";
    private static final int USUAL_ROWS = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final String model;
    private final int dimension;

    /** The index as seen through one client. */
    public RedisInterestIndex(RedisClient redis, RedisFunctions functions, Embedder embedder) {
        this.redis = redis;
        this.functions = functions;
        this.model = embedder.modelId().tag();
        this.dimension = InterestVectors.dimension(embedder.dimension());
    }

    @Override
    public void open(String namespace) {
        createIfAbsent(namespace, form(namespace));
    }

    @Override
    public void create(String namespace) {
        createIfAbsent(namespace, form(namespace).skipInitialScan());
    }

    /**
     * Makes an interest searchable.
     *
     * @param stored the interest's hash: the vector and the rest
     */
    void add(String namespace, CompiledInterest interest, byte[] vector, String stored) {
        InterestRef ref = new InterestRef(interest.subscription(), interest.revision());
        functions.call(
                RedisFunction.ADD_INTEREST,
                List.of(key(namespace, ref), searchableKey(namespace)),
                List.of(vector, stored, ref));
        FTSearchParams parameters =
                parameters(InterestVectors.fact(interest.direction()), 1).inKeys(key(namespace, ref));
        SearchResult found = RedisSearch.whole(redis.ftSearch(name(namespace), QUERY, parameters));
        if (found.getTotalResults() != 1) {
            throw new PartialAnswerException("the interest " + ref + " was stored but is not found");
        }
    }

    /** Takes an interest out of the index and keeps it for replays. */
    void retire(String namespace, InterestRef ref) {
        functions.call(
                RedisFunction.RETIRE_INTEREST,
                List.of(key(namespace, ref), searchableKey(namespace), retiredKey(namespace, ref)),
                List.of(ref));
    }

    /** Drops an interest, wherever it is. */
    void drop(String namespace, InterestRef ref) {
        functions.call(
                RedisFunction.RETIRE_INTEREST, List.of(key(namespace, ref), searchableKey(namespace)), List.of(ref));
        redis.del(retiredKey(namespace, ref));
    }

    /** Whether the index holds every interest that it must. */
    public boolean isWhole(String namespace) {
        try {
            RedisSearch.IndexState state = RedisSearch.state(redis, name(namespace));
            return state.scanned() && state.documents() == redis.scard(searchableKey(namespace));
        } catch (JedisDataException e) {
            if (!RedisSearch.isMissingIndex(e)) {
                throw e;
            }
            open(namespace);
            return false;
        }
    }

    /**
     * For each fact the interests that it may wake, and no others that lie farther than a ten-thousandth off.
     *
     * @throws PartialAnswerException if rows are missing; {@link JedisDataException} if a query failed
     */
    public List<List<InterestRef>> candidates(String namespace, List<Embedding> facts) {
        List<byte[]> queries = facts.stream().map(InterestVectors::fact).toList();
        List<Response<SearchResult>> answers = new ArrayList<>(facts.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (byte[] query : queries) {
                answers.add(pipeline.ftSearch(name(namespace), QUERY, parameters(query, USUAL_ROWS)));
            }
        }
        List<List<InterestRef>> candidates = new ArrayList<>(facts.size());
        for (int i = 0; i < queries.size(); i++) {
            candidates.add(refs(all(namespace, queries.get(i), answers.get(i).get())));
        }
        return candidates;
    }

    /** The interests nearest to being woken by a fact, the largest margin first. */
    public List<InterestRef> nearest(String namespace, Embedding fact, int most) {
        FTSearchParams parameters =
                parameters(InterestVectors.fact(fact), most).addParam("k", most).sortBy("d", SortingOrder.ASC);
        return refs(RedisSearch.whole(redis.ftSearch(name(namespace), "*=>[KNN $k @v $q AS d]", parameters)));
    }

    private SearchResult all(String namespace, byte[] query, SearchResult first) {
        SearchResult answer = RedisSearch.whole(first);
        while (answer.getDocuments().size() < answer.getTotalResults()) {
            int rows = Math.toIntExact(answer.getTotalResults() + USUAL_ROWS);
            answer = RedisSearch.whole(redis.ftSearch(name(namespace), QUERY, parameters(query, rows)));
        }
        return answer;
    }

    private FTCreateParams form(String namespace) {
        return FTCreateParams.createParams()
                .on(IndexDataType.HASH)
                .prefix(RedisKeys.namespace(namespace, "interest:" + model + ":"));
    }

    private void createIfAbsent(String namespace, FTCreateParams form) {
        RedisSearch.createIfAbsent(
                redis, name(namespace), form, List.of(RedisSearch.exactInnerProduct("v", dimension)));
    }

    String key(String namespace, InterestRef ref) {
        return RedisKeys.namespace(namespace, "interest:" + model + ":" + ref);
    }

    String retiredKey(String namespace, InterestRef ref) {
        return RedisKeys.namespace(namespace, "retired:" + model + ":" + ref);
    }

    private String searchableKey(String namespace) {
        return RedisKeys.namespace(namespace, "searchable:" + model);
    }

    private String name(String namespace) {
        return RedisKeys.namespace(namespace, "interests:" + model);
    }

    private static FTSearchParams parameters(byte[] query, int rows) {
        return FTSearchParams.searchParams()
                .addParam("r", RADIUS)
                .addParam("q", query)
                .noContent()
                .limit(0, rows)
                .timeout(RedisSearch.TIMEOUT_MILLIS)
                .dialect(RedisSearch.DIALECT);
    }

    private static List<InterestRef> refs(SearchResult answer) {
        return answer.getDocuments().stream()
                .map(document -> document.getId().split(":"))
                .map(parts -> new InterestRef(parts[parts.length - 2], Long.parseLong(parts[parts.length - 1])))
                .toList();
    }
}
