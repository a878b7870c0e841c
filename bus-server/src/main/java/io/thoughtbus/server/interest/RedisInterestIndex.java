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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @param vectors of its parts, in their order
     * @param rest what its hash holds besides
     */
    void add(String namespace, CompiledInterest interest, List<byte[]> vectors, String rest) {
        InterestRef ref = new InterestRef(interest.subscription(), interest.revision());
        List<Object> arguments = new ArrayList<>(List.of(vectors.get(0), rest, ref));
        arguments.addAll(vectors.subList(1, vectors.size()));
        functions.call(RedisFunction.ADD_INTEREST, List.of(key(namespace, ref), searchableKey(namespace)), arguments);
        for (int i = 0; i < vectors.size(); i++) {
            FTSearchParams parameters = parameters(
                            InterestVectors.fact(interest.parts().get(i).direction()), 1)
                    .inKeys(prefix(namespace) + ref.documents().get(i));
            SearchResult found = RedisSearch.whole(redis.ftSearch(name(namespace), QUERY, parameters));
            if (found.getTotalResults() != 1) {
                throw new PartialAnswerException("the interest " + ref + " was stored but is not found");
            }
        }
    }

    /** Whether the index has looked at everything that was there when it was made. */
    public boolean isScanned(String namespace) {
        return RedisSearch.state(redis, name(namespace)).scanned();
    }

    /** The names of all interests of which the index must hold something. */
    public Set<InterestRef> searchable(String namespace) {
        return members(namespace).stream()
                .flatMap(member -> InterestRef.ofDocument(member).stream())
                .collect(Collectors.toSet());
    }

    /** The names of all that the index must hold: of each interest as many as it has parts. */
    public Set<String> members(String namespace) {
        return names(searchableKey(namespace));
    }

    /** The names of all interests that are kept outside the index. */
    Set<InterestRef> retired(String namespace) {
        return names(pastKey(namespace)).stream()
                .flatMap(member -> InterestRef.parse(member).stream())
                .collect(Collectors.toSet());
    }

    private Set<String> names(String key) {
        Set<String> all = new HashSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.sscan(key, cursor, new ScanParams().count(PAGE));
            all.addAll(page.getResult());
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

    /** Removes an interest from the index for good, with all its parts. */
    public void remove(String namespace, InterestRef ref) {
        functions.call(
                RedisFunction.RETIRE_INTEREST, List.of(key(namespace, ref), searchableKey(namespace)), List.of(ref));
    }

    /** How many entries of an interest the index must hold. */
    long entries(String namespace, InterestRef ref) {
        return membership(namespace, ref).stream().filter(member -> member).count();
    }

    /** Whether the index holds so many entries of an interest. */
    boolean holds(String namespace, InterestRef ref, long entries) {
        FTSearchParams parameters = FTSearchParams.searchParams()
                .noContent()
                .inKeys(keys(namespace, ref))
                .dialect(RedisSearch.DIALECT);
        return RedisSearch.whole(redis.ftSearch(name(namespace), "*", parameters))
                        .getTotalResults()
                == entries;
    }

    /** Whether there is anything of an interest that is not retired. */
    boolean isThere(String namespace, InterestRef ref) {
        return redis.exists(keys(namespace, ref)) > 0
                || membership(namespace, ref).contains(true);
    }

    /** Whether the further parts of an interest are all there, with vectors of this length, and count as searchable. */
    boolean isInParts(String namespace, InterestRef ref, int parts, int vectorLength) {
        List<String> keys = Arrays.asList(keys(namespace, ref)).subList(1, parts);
        List<Response<Long>> lengths = new ArrayList<>(parts);
        try (Pipeline pipeline = redis.pipelined()) {
            keys.forEach(key -> lengths.add(pipeline.hstrlen(key, "v")));
        }
        return redis.hstrlen(RedisKeys.bytes(key(namespace, ref)), InterestHash.FURTHER) == (parts - 1L) * vectorLength
                && lengths.stream().allMatch(length -> length.get() == vectorLength)
                && !membership(namespace, ref).subList(0, parts).contains(false);
    }

    private List<Boolean> membership(String namespace, InterestRef ref) {
        return redis.smismember(searchableKey(namespace), ref.documents().toArray(String[]::new));
    }

    private String[] keys(String namespace, InterestRef ref) {
        return ref.documents().stream().map(prefix(namespace)::concat).toArray(String[]::new);
    }

    /** Takes an interest out of the index and keeps it for replays. */
    void retire(String namespace, InterestRef ref) {
        functions.call(
                RedisFunction.RETIRE_INTEREST,
                List.of(key(namespace, ref), searchableKey(namespace), retiredKey(namespace, ref), pastKey(namespace)),
                List.of(ref));
    }

    /** Drops an interest, wherever it is, as each of some models made it. */
    void drop(String namespace, InterestRef ref, Set<String> tags) {
        remove(namespace, ref);
        redis.del(retiredKey(namespace, ref));
        tags.forEach(tag -> {
            redis.del(retiredKey(namespace, tag, ref));
            ref.documents().forEach(document -> redis.del(prefix(namespace, tag) + document));
        });
        redis.srem(pastKey(namespace), ref.toString());
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
        int parts = most;
        List<InterestRef> nearest;
        boolean isAll;
        do {
            FTSearchParams parameters =
                    parameters(query, parts).addParam("k", parts).sortBy("d", SortingOrder.ASC);
            SearchResult answer =
                    RedisSearch.whole(redis.ftSearch(name(namespace), "*=>[KNN $k @v $q AS d]", parameters));
            nearest = refs(namespace, answer);
            isAll = answer.getDocuments().size() < parts;
            parts *= 2;
        } while (nearest.size() < most && !isAll);
        return nearest.stream().limit(most).toList();
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
        return prefix(namespace, model);
    }

    private static String prefix(String namespace, String tag) {
        return RedisKeys.namespace(namespace, "interest:" + tag + ":");
    }

    String key(String namespace, String tag, InterestRef ref) {
        return prefix(namespace, tag) + ref;
    }

    String retiredKey(String namespace, InterestRef ref) {
        return retiredKey(namespace, model, ref);
    }

    String retiredKey(String namespace, String tag, InterestRef ref) {
        return RedisKeys.namespace(namespace, "retired:" + tag + ":" + ref);
    }

    private String pastKey(String namespace) {
        return RedisKeys.namespace(namespace, "past");
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

    /** The interests that the rows are parts of, each at its first row. */
    private List<InterestRef> refs(String namespace, SearchResult answer) {
        return answer.getDocuments().stream()
                .map(Document::getId)
                .map(key -> InterestRef.ofDocument(
                                key.substring(prefix(namespace).length()))
                        .orElseThrow(
                                () -> new PartialAnswerException("the index holds " + key + ", which is no interest")))
                .distinct()
                .toList();
    }
}
