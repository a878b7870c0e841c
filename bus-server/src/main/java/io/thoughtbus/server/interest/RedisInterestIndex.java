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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.search.Document;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.SearchResult;

/** The interests in force, found by exact vector search: one index for each namespace and model. */
public final class RedisInterestIndex implements NamespacePart {
    private static final Logger log = LoggerFactory.getLogger(RedisInterestIndex.class);

    /** How much farther to look than to the margin zero: more than FLOAT32 can be off. The JVM decides exactly. */
    private static final double RADIUS = 1 + 1e-4;

    private static final String QUERY = "@v:[VECTOR_RANGE $r $q]";
    private static final int USUAL_ROWS = 1_000;
    private static final int PAGE = 1_000;

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
        if (createIfAbsent(namespace, form(namespace))) {
            log.warn("The index of {} was not there and is built of what is stored", namespace);
        }
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

    /** Whether the index has looked at everything that was there when it was made. */
    public boolean isScanned(String namespace) {
        return RedisSearch.state(redis, name(namespace)).scanned();
    }

    /** The names of all interests that the index must hold. */
    public Set<InterestRef> searchable(String namespace) {
        Set<InterestRef> all = new HashSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.sscan(searchableKey(namespace), cursor, new ScanParams().count(PAGE));
            page.getResult().forEach(member -> InterestRef.parse(member).ifPresent(all::add));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return all;
    }

    /** The names of all that the index holds, interests or not. */
    public Set<String> documents(String namespace) {
        Set<String> all = new HashSet<>();
        SearchResult page;
        do {
            FTSearchParams parameters = FTSearchParams.searchParams()
                    .noContent()
                    .limit(all.size(), PAGE)
                    .timeout(RedisSearch.TIMEOUT_MILLIS)
                    .dialect(RedisSearch.DIALECT);
            page = RedisSearch.whole(redis.ftSearch(name(namespace), "*", parameters));
            page.getDocuments()
                    .forEach(document ->
                            all.add(document.getId().substring(prefix(namespace).length())));
        } while (!page.getDocuments().isEmpty());
        return all;
    }

    /** Removes something of this name from the index that is no interest. */
    public void remove(String namespace, String document) {
        redis.del(prefix(namespace) + document);
        redis.srem(searchableKey(namespace), document);
    }

    /** Whether an interest is one that the index must hold. */
    boolean isSearchable(String namespace, InterestRef ref) {
        return redis.sismember(searchableKey(namespace), ref.toString());
    }

    /** Whether an interest is one that the index must hold, and does. */
    boolean holds(String namespace, InterestRef ref) {
        FTSearchParams parameters = FTSearchParams.searchParams()
                .noContent()
                .inKeys(key(namespace, ref))
                .dialect(RedisSearch.DIALECT);
        return isSearchable(namespace, ref)
                && RedisSearch.whole(redis.ftSearch(name(namespace), "*", parameters))
                                .getTotalResults()
                        == 1;
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
            candidates.add(refs(
                    namespace, all(namespace, queries.get(i), answers.get(i).get())));
        }
        return candidates;
    }

    /** The interests nearest to being woken by a fact, the largest margin first. */
    public List<InterestRef> nearest(String namespace, Embedding fact, int most) {
        return nearest(namespace, InterestVectors.fact(fact), most);
    }

    /** The interests whose directions are most alike, the most alike first. */
    public List<InterestRef> alike(String namespace, Embedding direction, int most) {
        return nearest(namespace, InterestVectors.direction(direction), most);
    }

    private List<InterestRef> nearest(String namespace, byte[] query, int most) {
        FTSearchParams parameters = parameters(query, most).addParam("k", most).sortBy("d", SortingOrder.ASC);
        return refs(
                namespace, RedisSearch.whole(redis.ftSearch(name(namespace), "*=>[KNN $k @v $q AS d]", parameters)));
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
        return FTCreateParams.createParams().on(IndexDataType.HASH).prefix(prefix(namespace));
    }

    private boolean createIfAbsent(String namespace, FTCreateParams form) {
        return RedisSearch.createIfAbsent(
                redis, name(namespace), form, List.of(RedisSearch.exactInnerProduct("v", dimension)));
    }

    String key(String namespace, InterestRef ref) {
        return prefix(namespace) + ref;
    }

    private String prefix(String namespace) {
        return RedisKeys.namespace(namespace, "interest:" + model + ":");
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

    private List<InterestRef> refs(String namespace, SearchResult answer) {
        return answer.getDocuments().stream()
                .map(Document::getId)
                .map(key -> InterestRef.parse(key.substring(prefix(namespace).length()))
                        .orElseThrow(
                                () -> new PartialAnswerException("the index holds " + key + ", which is no interest")))
                .toList();
    }
}
